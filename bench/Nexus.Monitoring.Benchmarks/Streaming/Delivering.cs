using BenchmarkDotNet.Attributes;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Api.WebSockets;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Benchmarks.Streaming;

/// <summary>
/// From the ring to the transport of 1000 clients, for each event that one of them gets: all that is done for a delivery but the system's
/// own send. What is allocated for an event itself is in <see cref="RingAppending"/>.
/// </summary>
public class Delivering
{
    private const int Clients = 1000;
    private const int Events = 64;

    private readonly EventRing _ring = new(LogPosition.Start, 65_536, 64 * 1024 * 1024);
    private readonly EventSink _sink = new(new FrameConnection(Stream.Null, null, static () => { }, TimeProvider.System));

    [GlobalSetup]
    public void Fill()
    {
        var json = EventJson.ToUtf8(SampleEvents.Completed);
        var keys = EventKeys.Of(SampleEvents.Completed);
        var encoder = new EntryEncoder();
        for (var i = 1; i <= Events; i++)
        {
            _ring.Append(encoder.Encode(json, SampleEvents.Position(i), keys));
        }
    }

    [Benchmark(OperationsPerInvoke = Clients * Events)]
    public long Deliver()
    {
        var sent = 0L;
        for (var client = 0; client < Clients; client++)
        {
            var entries = EntryLists.Rent();
            for (var i = 0L; _ring.Get(i) is { } entry; i++)
            {
                if (EventFilter.All.Matches(in entry.Keys))
                {
                    entries.Add(entry);
                }
            }

            var send = _sink.SendEventsAsync(LogPosition.Start, _ring.Head.Position, entries);
            sent += send.IsCompletedSuccessfully ? entries.Count : throw new InvalidOperationException("A stream to nowhere never waits.");
            EntryLists.Return(entries);
        }

        return sent;
    }
}
