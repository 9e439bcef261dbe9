using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Nexus.ServiceDefaults.Tests;

public sealed class WarmUpTests
{
    [Fact]
    public async Task Start_OnceThereIsSomethingToSee_VisitsOnce()
    {
        var (asked, isReady) = (0, false);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddHostedService(provider => new WarmUp(
            provider.GetRequiredService<IServer>(),
            provider.GetRequiredService<IHostApplicationLifetime>(),
            () => Volatile.Read(ref isReady),
            async (address, cancellationToken) =>
            {
                using var http = new HttpClient();
                await http.GetStringAsync(new Uri(address, "/first"), cancellationToken);
            }));
        await using var app = builder.Build();
        app.MapGet("/first", () => Interlocked.Increment(ref asked));

        await app.StartAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, asked);
        Volatile.Write(ref isReady, true);

        await Eventually.IsTrueAsync(() => Volatile.Read(ref asked) == 1, "the first page was visited once");
    }
}
