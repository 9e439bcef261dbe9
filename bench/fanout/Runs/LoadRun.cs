using Nexus.Fanout.Clients;
using Nexus.Fanout.Measuring;
using Nexus.Fanout.Publishing;
using Nexus.Fanout.Results;

namespace Nexus.Fanout.Runs;

/// <summary>Publishes for a while and measures what arrives.</summary>
internal sealed class LoadRun(Rig rig)
{
    private const int PumpMilliseconds = 5;

    private readonly Cli.FanoutOptions _options = rig.Options;
    private Publisher? _publisher;
    private Window? _window;
    private Reading _first;

    public LoadResult Execute()
    {
        var connecting = rig.ConnectAll();
        using var window = _options.Rate == 0 ? new Window(_options.Window, _options.Batch) : null;
        using var publisher = rig.CreatePublisher(rig.CreateFormat());
        _window = window;
        _publisher = publisher;
        var start = Clock.Now;
        var rate = _options.Rate > 0 ? new Rate(_options.Rate, start) : null;
        publisher.Start(rate is not null ? rate : window!);

        PumpUntil(start + Clock.Of(_options.Warmup));
        rig.Latencies.Clear();
        _first = Read(Clock.Now);

        PumpUntil(_first.At + Clock.Of(_options.Duration));
        // What lies between the two readings is the measurement; the rest is only awaited to judge what was lost.
        var second = Read(Clock.Now);
        _publisher.Stop();
        rig.Drain(() => rig.Lost(publisher.Published));
        return Result(connecting, second, rate);
    }

    private void PumpUntil(long end)
    {
        while (Clock.Now < end)
        {
            Pump();
            if (_publisher!.HasFailed)
            {
                _publisher.Stop();
            }

            if (rig.Clients.Streaming == 0)
            {
                throw new FanoutException("The server has closed every client.");
            }
        }
    }

    private void Pump()
    {
        rig.Clients.Pump(PumpMilliseconds);
        _window?.Advance(Slowest());
    }

    /// <summary>All clients that read have what lies before this event.</summary>
    private int Slowest()
    {
        var slowest = int.MaxValue;
        for (var client = _options.Slow; client < _options.Clients; client++)
        {
            if (rig.Clients.State(client) == ClientState.Live)
            {
                slowest = Math.Min(slowest, rig.Tracker.Awaited(client));
            }
        }

        return slowest == int.MaxValue ? 0 : slowest;
    }

    private Reading Read(long at) => new(
        at,
        _publisher!.Published,
        rig.Tracker.Delivered,
        rig.Clients.BytesRead,
        Environment.CpuUsage.TotalTime.TotalSeconds,
        rig.Servers.ProcessorSeconds());

    private LoadResult Result(long connecting, Reading second, Rate? rate)
    {
        var seconds = Clock.Seconds(second.At - _first.At);
        var deliveries = second.Delivered - _first.Delivered;
        var perDelivery = 1e6 / Math.Max(1, deliveries);
        return new LoadResult
        {
            Run = RunDescription.Of(_options),
            Seconds = seconds,
            Published = _publisher!.Published,
            EventsPerSecond = (second.Published - _first.Published) / seconds,
            DeliveriesPerSecond = deliveries / seconds,
            MegabytesPerSecond = (second.Bytes - _first.Bytes) / seconds / 1e6,
            P50Ms = rig.Latencies.Quantile(0.5) / 1000,
            P99Ms = rig.Latencies.Quantile(0.99) / 1000,
            MaxMs = rig.Latencies.Max / 1000.0,
            Delivered = rig.Tracker.Delivered,
            Lost = rig.Lost(_publisher.Published),
            Duplicates = rig.Tracker.Duplicates,
            Late = rig.Tracker.Late,
            Foreign = rig.Tracker.Foreign,
            LastCloseStatus = rig.Clients.LastCloseStatus,
            Closed = rig.Clients.ClosedByServer - rig.Clients.FrozenClosed,
            SlowClosed = rig.Clients.FrozenClosed,
            ConnectMs = connecting / 1000.0,
            PublisherLateMs = rate?.WorstDelay / 1000.0,
            ToolMicrosecondsPerDelivery = (second.ToolSeconds - _first.ToolSeconds) * perDelivery,
            ServerMicrosecondsPerDelivery = (second.ServerSeconds - _first.ServerSeconds) * perDelivery,
            ServerBytes = rig.Servers.ResidentBytes(),
        };
    }

    /// <summary>All counters at one moment.</summary>
    private readonly record struct Reading(long At, int Published, long Delivered, long Bytes, double ToolSeconds, double? ServerSeconds);
}
