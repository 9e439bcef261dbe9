using BenchmarkDotNet.Attributes;
using Nexus.Monitoring.Contracts.State;

namespace Nexus.Monitoring.Benchmarks.State;

/// <summary>The histogram of durations: recording at every finished task, quantiles and sums for every chart.</summary>
public class DurationRecording
{
    private const int Batch = 1024;

    private readonly long[] _durations = [.. Enumerable.Range(0, Batch).Select(i => (long)(i * i % 100_000))];
    private readonly DurationHistogram _histogram = new();
    private readonly DurationHistogram _sum = new();

    [GlobalSetup]
    public void Fill() => Record();

    [Benchmark(OperationsPerInvoke = Batch)]
    public long Record()
    {
        foreach (var duration in _durations)
        {
            _histogram.Record(duration);
        }

        return _histogram.Count;
    }

    [Benchmark]
    public double? Percentile99() => _histogram.Quantile(0.99);

    [Benchmark]
    public long Add()
    {
        _sum.Clear();
        _sum.Add(_histogram);
        return _sum.Count;
    }
}
