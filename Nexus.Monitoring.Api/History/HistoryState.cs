using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.History;

/// <summary>What others may know of the history. Thread-safe.</summary>
internal sealed class HistoryState(TimeProvider? time = null)
{
    /// <summary>How long trouble counts as passing: opening a large file after a kill takes some of it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private long _troubleSince = (time ?? TimeProvider.System).GetTimestamp();
    private LogPosition _floor;
    private LogPosition _head;
    private string? _problem = "History is being opened.";
    private string? _damage;

    /// <summary>Everything after it is there, up to <see cref="Head"/> and apart from the gaps that are written down.</summary>
    public LogPosition Floor
    {
        get
        {
            lock (_gate)
            {
                return _floor;
            }
        }
    }

    public LogPosition Head
    {
        get
        {
            lock (_gate)
            {
                return _head;
            }
        }
    }

    /// <summary>Why nothing is written, or something that was written cannot be read, as a sentence; null while all is well.</summary>
    public string? Problem
    {
        get
        {
            lock (_gate)
            {
                return _problem ?? _damage;
            }
        }
    }

    /// <summary>Whether history may soon answer although it does not: what it holds is not lost yet.</summary>
    public bool MayPass
    {
        get
        {
            lock (_gate)
            {
                return _problem is null || _time.GetElapsedTime(_troubleSince) < Patience;
            }
        }
    }

    /// <summary>Where what is known ends: a log that came back empty ends before what is stored of it.</summary>
    public LogPosition NewestWith(LogPosition logHead) => Head is var head && head > logHead ? head : logHead;

    /// <summary>How far what is stored is behind a log that ends there.</summary>
    public TimeSpan BehindOf(LogPosition logHead) => Head is var head && logHead > head ? logHead.Time - head.Time : TimeSpan.Zero;

    public void Set(LogPosition floor, LogPosition head)
    {
        lock (_gate)
        {
            (_floor, _head) = (floor, head);
            _problem = null;
        }
    }

    /// <summary>
    /// Takes over what the file says. Nobody can raise the floor between reading it and that, so what was deleted stays known to be.
    /// </summary>
    /// <returns>Where history ends.</returns>
    public LogPosition Open(Func<(LogPosition Floor, LogPosition Head)> read)
    {
        lock (_gate)
        {
            var (floor, head) = read();
            Set(floor, head);
            return head;
        }
    }

    /// <summary>Everything up to <paramref name="head"/> is there.</summary>
    public void Advance(LogPosition head)
    {
        lock (_gate)
        {
            _head = head;
            _problem = null;
        }
    }

    public void ClearProblem()
    {
        lock (_gate)
        {
            _problem = null;
        }
    }

    /// <summary>What lies at or before it is gone.</summary>
    public void RaiseFloor(LogPosition floor)
    {
        lock (_gate)
        {
            _floor = floor > _floor ? floor : _floor;
        }
    }

    public void SetProblem(string problem)
    {
        lock (_gate)
        {
            _troubleSince = _problem is null ? _time.GetTimestamp() : _troubleSince;
            _problem = problem;
        }
    }

    /// <summary>A part of the file cannot be read. That does not pass, whatever is written meanwhile.</summary>
    public void SetDamage(string problem)
    {
        lock (_gate)
        {
            _damage = problem;
        }
    }
}
