using Microsoft.Extensions.Options;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Streaming;

/// <summary>
/// Where the log's one writer on this node and its readers meet: the ring, the state of the log, and who is to be woken. Setting a
/// signal is all that a reader costs the writer.
/// </summary>
internal sealed class LogFeed
{
    private readonly MonitoringApiOptions _options;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();

    /// <summary>As many as there are sessions, which are bounded by <see cref="StreamCapacity"/>.</summary>
    private readonly HashSet<WakeSignal> _signals = [];

    private volatile EventRing _ring;
    private volatile LogStatus _status;
    private volatile bool _isStopping;
    private volatile bool _isRead;

    public LogFeed(IOptions<MonitoringApiOptions> options, TimeProvider time)
    {
        _options = options.Value;
        _time = time;
        _ring = NewRing(LogPosition.Start, null);
        _status = new LogStatus(false, time.GetUtcNow(), "The log is being read for the first time.");
    }

    public EventRing Ring => _ring;

    public LogStatus Status => _status;

    /// <summary>The node shuts down: readers send what is due and end.</summary>
    public bool IsStopping => _isStopping;

    /// <summary>The whole log has been read once.</summary>
    public bool IsRead => _isRead;

    public void Append(IReadOnlyList<LogEntry> entries)
    {
        var ring = _ring;
        for (var i = 0; i < entries.Count; i++)
        {
            ring.Append(entries[i]);
        }

        WakeAll();
    }

    /// <summary>
    /// Gives up what is held, because the log does not continue it; goes on after <paramref name="start"/>. Every reader is told, once.
    /// </summary>
    public void Restart(LogPosition start, string? reason)
    {
        _ring = NewRing(start, reason);
        WakeAll();
    }

    /// <summary>The log answers, and its end was reached.</summary>
    public void SetConnected()
    {
        _isRead = true;
        if (!_status.IsConnected)
        {
            _status = new LogStatus(true, _time.GetUtcNow(), null);
            WakeAll();
        }
    }

    public void SetUnavailable(string message)
    {
        var status = _status;
        if (status.IsConnected || status.Message != message)
        {
            _status = new LogStatus(false, status.IsConnected ? _time.GetUtcNow() : status.Since, message);
            WakeAll();
        }
    }

    public void Stop()
    {
        _isStopping = true;
        WakeAll();
    }

    public void Register(WakeSignal signal)
    {
        lock (_gate)
        {
            _signals.Add(signal);
        }
    }

    public void Unregister(WakeSignal signal)
    {
        lock (_gate)
        {
            _signals.Remove(signal);
        }
    }

    private void WakeAll()
    {
        lock (_gate)
        {
            foreach (var signal in _signals)
            {
                signal.Set();
            }
        }
    }

    private EventRing NewRing(LogPosition start, string? reason) => new(start, _options.RingEvents, _options.RingBytes, reason);
}
