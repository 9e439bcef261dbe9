using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Nexus.IntegrationTests.Fixtures;
using Nexus.Monitoring.Client.Reading;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Testing.Delivery;
using Nexus.Testing.Network;

namespace Nexus.IntegrationTests.Conformance;

/// <summary>The client library's reader, which comes back by itself, against real nodes over a bad network.</summary>
public sealed class ClientReaderTests(SharedStack shared)
{
    private const int Cuts = 6;

    private readonly string _project = shared.NewProject();

    [Theory]
    [InlineData(StreamTransport.SignalR)]
    [InlineData(StreamTransport.WebSocket)]
    public async Task Read_NetworkCutAndOtherNodes_MissesNothingAndChains(StreamTransport transport)
    {
        Assert.SkipUnless(shared.Stack is not null, RedisServerProcess.WhyMissing);
        await using var network = TcpProxy.Start(shared.First.Port);
        using var host = Host(network, transport);
        using var stop = new CancellationTokenSource();
        Assert.True(FilterParser.TryCreate([_project], null, null, false, "\"as asked\" task:t*", out var filter, out _));
        var all = new ReaderJournal($"client over {transport}", EventFilter.All, hasIntervals: true);
        var some = new ReaderJournal($"client over {transport}, filtered", filter, hasIntervals: true);
        var (readingAll, readerOfAll) = Read(host, all, stop.Token);
        var (readingSome, readerOfSome) = Read(host, some, stop.Token);
        await Eventually.IsTrueAsync(() => all.Cursor is not null && some.Cursor is not null, "both have begun");

        for (var cut = 1; cut <= Cuts; cut++)
        {
            shared.Stack.Producer.Publish(EventTypes.TaskStarted, 200, _project, "as asked");
            shared.Stack.Producer.Publish(EventTypes.TaskStarted, 50, _project, "as nobody asked");
            await Eventually.IsTrueAsync(() => some.Count > 200 * (cut - 1), "events arrive");
            network.TargetPort = cut % 2 == 0 ? shared.First.Port : shared.Second.Port;
            network.Cut();
            await Eventually.IsTrueAsync(
                () =>
                {
                    readerOfAll.TryNow();
                    readerOfSome.TryNow();
                    return network.Accepted >= 2 * (cut + 1);
                },
                "both come back");
        }

        await shared.Stack.ProveAsync(all, some);
        Assert.Equal(200 * Cuts, some.Count);
        Assert.Empty(all.Gaps.Concat(some.Gaps));
        await stop.CancelAsync();
        await Task.WhenAll(readingAll, readingSome);
    }

    private static IHost Host(TcpProxy network, StreamTransport transport)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.AddNexusMonitoringReader(new Uri($"http://127.0.0.1:{network.Port}"), transport);
        return builder.Build();
    }

    private static (Task Reading, MonitoringStreamReader Reader) Read(IHost host, ReaderJournal journal, CancellationToken cancellation)
    {
        var reader = host.Services.GetRequiredService<MonitoringStreamReader>();
        return (ReadAsync(reader, journal, cancellation), reader);
    }

    private static async Task ReadAsync(MonitoringStreamReader reader, ReaderJournal journal, CancellationToken cancellation)
    {
        try
        {
            // The connections are the reader's own affair, and so is that each was resumed.
            await foreach (var frame in reader.ReadAsync(journal.Filter, cancellationToken: cancellation))
            {
                if (frame is not ResumedFrame)
                {
                    journal.Take(frame);
                }
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
        }
    }
}
