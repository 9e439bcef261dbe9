using System.Collections.Concurrent;
using System.Diagnostics;

namespace Nexus.Monitoring.Client.Tests.Scopes;

/// <summary>Listens to the client's spans, as a tracing exporter does, and keeps those of one test.</summary>
internal sealed class Spans : IDisposable
{
    private readonly ConcurrentQueue<Activity> _ended = new();
    private readonly Activity _root = new Activity("test").Start();
    private readonly ActivityListener _listener;

    public Spans()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Nexus.Monitoring.Client",
            Sample = static (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                if (activity.TraceId == _root.TraceId)
                {
                    _ended.Enqueue(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public Activity Root => _root;

    public IReadOnlyList<Activity> Ended => [.. _ended];

    public void Dispose()
    {
        _listener.Dispose();
        _root.Dispose();
    }
}
