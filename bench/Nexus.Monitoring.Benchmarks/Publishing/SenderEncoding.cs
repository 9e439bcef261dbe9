using BenchmarkDotNet.Attributes;
using Nexus.Monitoring.Client;
using Nexus.Monitoring.Client.Publishing;

namespace Nexus.Monitoring.Benchmarks.Publishing;

/// <summary>What the publisher's background sender spends on an event before it is on its way; sets how fast one process can publish.</summary>
public class SenderEncoding
{
    private readonly EventEncoder _encoder = new(new MonitoringOptions().MaxEventSizeBytes, "benchmarks/1");
    private readonly PendingEvent _small = new(1, SampleEvents.Completed, null);
    private readonly PendingEvent _rich = new(1, SampleEvents.Rich, null);
    private readonly PendingEvent _tooLong = new(1, SampleEvents.Completed with { Message = new string('m', 20_000) }, null);

    [Benchmark(Baseline = true)]
    public string? Small() => _encoder.TryEncode(_small, out _);

    [Benchmark]
    public string? WithMeta() => _encoder.TryEncode(_rich, out _);

    [Benchmark]
    public string? Shortened() => _encoder.TryEncode(_tooLong, out _);
}
