using BenchmarkDotNet.Attributes;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Benchmarks.Streaming;

/// <summary>From an event's JSON to an entry in a full ring: once for every event, on every node.</summary>
public class RingAppending
{
    private const int Batch = 1024;

    private readonly byte[] _json = EventJson.ToUtf8(SampleEvents.Completed);
    private readonly EventKeys _keys = EventKeys.Of(SampleEvents.Completed);
    private readonly EntryEncoder _encoder = new();
    private readonly EventRing _ring = new(LogPosition.Start, 65_536, 64 * 1024 * 1024);
    private long _next;

    [GlobalSetup]
    public void Fill()
    {
        while (_next < 70_000)
        {
            EncodeAndAppend();
        }
    }

    [Benchmark(OperationsPerInvoke = Batch)]
    public long EncodeAndAppend()
    {
        for (var i = 0; i < Batch; i++)
        {
            _ring.Append(_encoder.Encode(_json, SampleEvents.Position(_next++), _keys));
        }

        return _ring.Count;
    }
}
