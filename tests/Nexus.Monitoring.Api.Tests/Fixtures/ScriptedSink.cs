using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Tests.Fixtures;

/// <summary>A client of a session, without a transport: it keeps what it is sent, and may freeze.</summary>
internal sealed class ScriptedSink : IStreamSink
{
    private readonly Lock _gate = new();
    private readonly List<LogPosition> _events = [];
    private readonly List<StreamFrame> _frames = [];
    private readonly TaskCompletionSource _cut = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _intervals;

    public string Transport => "scripted";

    public bool HasIntervals => true;

    /// <summary>While set, nothing is taken.</summary>
    public bool IsFrozen { get; set; }

    /// <summary>Called with each frame before it is taken.</summary>
    public Action<StreamFrame>? OnFrame { get; set; }

    /// <summary>Called with the end of each interval before it is taken.</summary>
    public Action<LogPosition>? OnInterval { get; set; }

    public int Intervals => Volatile.Read(ref _intervals);

    public IReadOnlyList<LogPosition> Events => Copy(_events);

    public IReadOnlyList<StreamFrame> Frames => Copy(_frames);

    public ValueTask SendEventsAsync(LogPosition after, LogPosition upto, List<LogEntry> entries)
    {
        OnInterval?.Invoke(upto);
        Interlocked.Increment(ref _intervals);
        lock (_gate)
        {
            _events.AddRange(entries.Select(entry => entry.Position));
        }

        return IsFrozen ? new ValueTask(_cut.Task) : ValueTask.CompletedTask;
    }

    public ValueTask SendFrameAsync(StreamFrame frame)
    {
        OnFrame?.Invoke(frame);
        lock (_gate)
        {
            _frames.Add(frame);
        }

        return IsFrozen ? new ValueTask(_cut.Task) : ValueTask.CompletedTask;
    }

    public void Abort() => _cut.TrySetException(new IOException("The connection was cut."));

    private List<T> Copy<T>(List<T> list)
    {
        lock (_gate)
        {
            return [.. list];
        }
    }
}
