using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Nexus.ServiceDefaults.Tests;

public sealed class ServiceRunTests
{
    [Fact]
    public async Task Run_Stopped_EndsWithZero()
    {
        Assert.Equal(0, await ServiceRun.RunOrExplainAsync(() => Build(builder => builder.Services.AddHostedService<Stopping>())));
    }

    [Fact]
    public async Task Run_BackgroundServiceFails_EndsWithOne()
    {
        Assert.Equal(1, await ServiceRun.RunOrExplainAsync(() => Build(builder => builder.Services.AddHostedService<Failing>())));
    }

    [Fact]
    public async Task Run_PortTaken_EndsWithOne()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();

        Assert.Equal(1, await ServiceRun.RunOrExplainAsync(() => Build(builder => builder.WebHost.UseUrls($"http://{other.LocalEndpoint}"))));
    }

    [Theory]
    [InlineData("127.0.0.1:8000")]
    [InlineData("ftp://127.0.0.1:8000")]
    [InlineData("http://127.0.0.1:80x")]
    [InlineData("http://127.0.0.1:65536")]
    [InlineData("http://127.0.0.1:8000/base")]
    [InlineData("http://127.0.0.1:0;http://")]
    [InlineData("http://127.0.0.1:0; http://127.0.0.1:0")]
    public async Task Run_AddressIsNone_EndsWithOneBeforeAnythingStarts(string addresses)
    {
        var started = false;
        var code = await ServiceRun.RunOrExplainAsync(() => Build(builder =>
        {
            builder.WebHost.UseUrls(addresses);
            builder.Services.AddHostedService(services =>
            {
                started = true;
                return new Stopping(services.GetRequiredService<IHostApplicationLifetime>());
            });
        }));

        Assert.Equal(1, code);
        Assert.False(started);
    }

    [Theory]
    [InlineData("http://*:0")]
    [InlineData("http://127.0.0.1:0;http://127.0.0.1:0/;")]
    public async Task Run_AddressesToListenOn_AreTaken(string addresses)
    {
        var listening = 0;
        var code = await ServiceRun.RunOrExplainAsync(() =>
        {
            var app = Build(builder => builder.WebHost.UseUrls(addresses));
            app.Lifetime.ApplicationStarted.Register(() =>
            {
                listening = app.Urls.Count;
                app.Lifetime.StopApplication();
            });
            return app;
        });

        Assert.Equal((0, addresses.Split(';', StringSplitOptions.RemoveEmptyEntries).Length), (code, listening));
    }

    [Fact]
    public async Task Run_OptionsWrong_EndsWithOneBeforeAnythingStarts()
    {
        var started = false;
        var code = await ServiceRun.RunOrExplainAsync(() => Build(builder =>
        {
            builder.Services.AddOptions<HostOptions>().Validate(_ => false, "HostOptions is 'x'; 'y' is allowed.").ValidateOnStart();
            builder.Services.AddHostedService(_ =>
            {
                started = true;
                return new Failing();
            });
        }));

        Assert.Equal(1, code);
        Assert.False(started);
    }

    [Fact]
    public async Task Run_Defect_IsNotExplainedAway()
    {
        await Assert.ThrowsAsync<NotSupportedException>(() => ServiceRun.RunOrExplainAsync(() => throw new NotSupportedException("a defect")));
    }

    [Fact]
    public void Explain_SeveralReasons_NamesEach()
    {
        var error = new AggregateException(
            new OptionsValidationException("a", typeof(string), ["A is '0'; 1 to 5 is allowed."]),
            new OptionsValidationException("b", typeof(string), ["B is ''; a path is allowed.", "C is missing."]));

        Assert.Equal(
            ["A is '0'; 1 to 5 is allowed.", "B is ''; a path is allowed.", "C is missing."],
            ServiceRun.Explain(error)!.Split(Environment.NewLine));
    }

    private static WebApplication Build(Action<WebApplicationBuilder> configure)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddServiceDefaults();
        configure(builder);
        return builder.Build();
    }

    private sealed class Stopping(IHostApplicationLifetime lifetime) : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken)
        {
            lifetime.StopApplication();
            return Task.CompletedTask;
        }
    }

    private sealed class Failing : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await Task.Yield();
            throw new InvalidOperationException("failed");
        }
    }
}
