using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.History;

/// <summary>What others may know of the history. Thread-safe.</summary>
internal sealed class HistoryState
{
    private readonly Lock _gate = new();
    private LogPosition _floor;
    private LogPosition _head;
    private string? _problem = "History is being opened.";

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

    /// <summary>Why nothing is written, as a sentence; null while all is well.</summary>
    public string? Problem
    {
        get
        {
            lock (_gate)
            {
                return _problem;
            }
        }
    }

    /// <summary>Where what is known ends: a log that came back empty ends before what is stored of it.</summary>
    public LogPosition NewestWith(LogPosition logHead) => Head is var head && head > logHead ? head : logHead;

    public void Set(LogPosition floor, LogPosition head)
    {
        lock (_gate)
        {
            (_floor, _head) = (floor, head);
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
            _problem = problem;
        }
    }
}
