using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Json;

namespace Nexus.Monitoring.Benchmarks.Events;

/// <summary>UTF-8 JSON to event: once for every event of the log, on every node.</summary>
public class EventDecoding
{
    private readonly byte[] _small = EventJson.ToUtf8(SampleEvents.Completed);
    private readonly byte[] _rich = EventJson.ToUtf8(SampleEvents.Rich);

    [Benchmark(Baseline = true)]
    public bool Small() => EventJson.TryRead(_small, out _, out _);

    /// <summary>What reads events that are written in an unusual way.</summary>
    [Benchmark]
    public MonitoringEvent? SmallBySerialiser() => JsonSerializer.Deserialize(_small, MonitoringJson.Context.MonitoringEvent);

    [Benchmark]
    public bool WithMeta() => EventJson.TryRead(_rich, out _, out _);
}
