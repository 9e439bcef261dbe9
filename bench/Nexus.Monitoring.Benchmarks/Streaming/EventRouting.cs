using BenchmarkDotNet.Attributes;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Benchmarks.Streaming;

/// <summary>One event and many filters, each with a project of its own: asking the index, and asking every filter.</summary>
public class EventRouting
{
    private readonly SubscriptionIndex _index = new();
    private readonly List<Cohort> _touched = [];
    private readonly List<EventFilter> _filters = [];
    private LogEntry _entry = null!;

    [Params(1, 1000, 10_000)]
    public int Filters { get; set; }

    [GlobalSetup]
    public void Join()
    {
        var ring = new EventRing(LogPosition.Start, 16, long.MaxValue);
        for (var i = 0; i < Filters; i++)
        {
            FilterParser.TryCreate([$"project-{i}"], [], [], false, out var filter, out _);
            _filters.Add(filter!);
            _index.Join(filter!, new WakeSignal(), ring);
        }

        var keys = EventKeys.Of(SampleEvents.Completed) with { ProjectId = $"project-{Filters / 2}" };
        _entry = new LogEntry(SampleEvents.Position(1), keys, new byte[400]);
    }

    [Benchmark(Baseline = true)]
    public int Index()
    {
        _index.Route(_entry, _touched);
        var found = _touched.Count;
        foreach (var cohort in _touched)
        {
            cohort.IsTouched = false;
        }

        _touched.Clear();
        return found;
    }

    [Benchmark]
    public int EveryFilter()
    {
        var found = 0;
        foreach (var filter in _filters)
        {
            found += filter.Matches(in _entry.Keys) ? 1 : 0;
        }

        return found;
    }
}
