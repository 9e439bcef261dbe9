using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Nexus.Monitoring.Benchmarks.History;
using Nexus.Monitoring.Client;
using Nexus.Monitoring.Client.Publishing;

namespace Nexus.Monitoring.Benchmarks.Publishing;

/// <summary>
/// A fleet at a given pace, so that something else can be measured under it: first as many events as fast as they go, which fills the
/// state, then so many a second.
/// </summary>
internal static class SteadyRun
{
    private const int Slice = 20;

    /// <param name="arguments"><c>redis-address events-a-second seconds [events-ahead]</c></param>
    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments.Length is not (3 or 4))
        {
            await Console.Error.WriteLineAsync("steady REDIS RATE SECONDS [AHEAD], for example: steady 127.0.0.1:6379 5000 120 320000");
            return 2;
        }

        int Number(int index) => int.Parse(arguments[index], CultureInfo.InvariantCulture);
        var (rate, seconds, ahead) = (Number(1), Number(2), arguments.Length > 3 ? Number(3) : 0);
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:redis", arguments[0])]);
        builder.AddNexusMonitoring("redis", options => options.BufferCapacity = Math.Max(50_000, ahead));
        using var host = builder.Build();
        await host.StartAsync();
        var stopping = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        var publisher = host.Services.GetRequiredService<IMonitoringPublisher>();
        var fleet = new FleetEvents(seed: 1);
        Publish(publisher, fleet, ahead);
        if (await publisher.FlushAsync(stopping))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{ahead} events ahead are in, {rate} a second follow for {seconds} s"));
        }

        await AtPaceAsync(publisher, fleet, rate, seconds, stopping);
        var isAll = await publisher.FlushAsync(stopping);
        await host.StopAsync(CancellationToken.None);
        return isAll ? 0 : 1;
    }

    private static async Task AtPaceAsync(
        IMonitoringPublisher publisher, FleetEvents fleet, int rate, int seconds, CancellationToken stopping)
    {
        var began = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(Slice));
        try
        {
            for (var sent = 0L; sent < (long)rate * seconds && await timer.WaitForNextTickAsync(stopping);)
            {
                var due = Math.Min((long)rate * seconds, (long)(Stopwatch.GetElapsedTime(began).TotalSeconds * rate));
                Publish(publisher, fleet, (int)(due - sent));
                sent = due;
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Told to stop: what was published is brought to the log as far as it can be.
        }
    }

    private static void Publish(IMonitoringPublisher publisher, FleetEvents fleet, int count)
    {
        foreach (var (_, next) in fleet.Take(count))
        {
            publisher.Publish(next with { Timestamp = DateTimeOffset.UtcNow });
        }
    }
}
