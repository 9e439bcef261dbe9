using BenchmarkDotNet.Attributes;
using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Monitoring.Benchmarks.Events;

/// <summary>UTF-8 JSON to event: once for every event of the log, on every node.</summary>
public class EventDecoding
{
    private readonly byte[] _small = EventJson.ToUtf8(SampleEvents.Completed);
    private readonly byte[] _rich = EventJson.ToUtf8(SampleEvents.Rich);

    [Benchmark(Baseline = true)]
    public bool Small() => EventJson.TryRead(_small, out _, out _);

    [Benchmark]
    public bool WithMeta() => EventJson.TryRead(_rich, out _, out _);
}
