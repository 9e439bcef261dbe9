using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Nexus.AppHost.Tests;

public sealed class StackTests
{
    [Fact]
    public async Task Start_WithoutAnySetting_AllServicesAnswer()
    {
        await using var stack = await NexusStack.StartAsync();

        await stack.AllAreHealthyAsync();

        Assert.NotEmpty(await stack.GetAsync("monitoring-api", "/health"));
        Assert.NotEmpty(await stack.GetAsync("monitoring-web", "/health"));
    }

    [Fact]
    public async Task Start_TwoAtOnce_DoNotCollide()
    {
        await using var one = await NexusStack.StartAsync("--Nexus:Redis:Use=embedded");
        await using var other = await NexusStack.StartAsync("--Nexus:Redis:Use=embedded");

        await Task.WhenAll(one.AllAreHealthyAsync(), other.AllAreHealthyAsync());

        Assert.NotEqual(one.Application.GetEndpoint("monitoring-api"), other.Application.GetEndpoint("monitoring-api"));
        Assert.NotEqual(
            await one.Application.GetConnectionStringAsync("redis"), await other.Application.GetConnectionStringAsync("redis"));
    }

    [Fact]
    public async Task Start_ServiceEndsAtItsStart_SaysWhichAndWhy()
    {
        await using var stack = await NexusStack.StartAsync([], builder => builder
            .CreateResourceBuilder((ProjectResource)builder.Resources.Single(resource => resource.Name == "coordinator-sim"))
            .WithEnvironment("ASPNETCORE_URLS", "nonsense"));

        var problem = await Assert.ThrowsAsync<DistributedApplicationException>(() => stack.IsHealthyAsync("coordinator-sim"));

        Assert.Contains("'coordinator-sim' ended with exit code", problem.Message, StringComparison.Ordinal);
        Assert.Contains("ASPNETCORE_URLS has 'nonsense'", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_PortTaken_NamesThePortAndItsSetting()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var taken = ((IPEndPoint)other.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

        var problem = await Assert.ThrowsAsync<DistributedApplicationException>(
            () => NexusStack.StartAsync("--DcpPublisher:RandomizePorts=false", $"--Nexus:Api:Port={taken}", $"--Nexus:Web:Port={FreePort.Next()}"));

        Assert.Contains($"Port {taken} is in use", problem.Message, StringComparison.Ordinal);
        Assert.Contains("--Nexus:Api:Port=", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("65536")]
    [InlineData("http")]
    public async Task Compose_PortIsNone_NamesKeyAndValue(string port)
    {
        var problem = await Assert.ThrowsAsync<DistributedApplicationException>(() => NexusStack.ComposeAsync($"--Nexus:Web:Port={port}"));

        Assert.Equal($"Nexus:Web:Port is '{port}'; it must be a port, from 1 to 65535.", problem.Message);
    }
}
