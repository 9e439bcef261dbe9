using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.Stories;
using Nexus.Monitoring.Web.Live;

namespace Nexus.Monitoring.Web.Stories;

/// <summary>One run, read back to its beginning as far as the log reaches, and followed live from there. For one viewer; not thread-safe.</summary>
internal sealed class RunFollower(string runId, IEventPages pages)
{
    /// <summary>Newest events kept for the list.</summary>
    public const int MaxEvents = 400;

    /// <summary>A run of more events is told without its beginning.</summary>
    private const int MaxPages = 60;

    private readonly List<MonitoringEvent> _events = [];
    private long _seen;
    private EventLog? _log;

    public RunStory Story { get; private set; } = new(runId);

    /// <summary>The newest events, oldest first.</summary>
    public IReadOnlyList<MonitoringEvent> Events => _events;

    /// <summary>Whether the run was read back; until then the story is empty.</summary>
    public bool IsLoaded { get; private set; }

    /// <summary>Whether its beginning is part of the story.</summary>
    public bool IsWhole => Story.StartedAt is not null;

    /// <summary>Reads what the log holds of the run; one attempt.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        var found = new Stack<IReadOnlyList<MonitoringEvent>>();
        LogPosition? upto = null;
        for (var read = 0; read < MaxPages; read++)
        {
            var page = await pages.ReadBackAsync(upto, runId, cancellationToken);
            found.Push(page.Events);
            if (page.After >= (upto ?? page.Upto) || page.Events.Any(entry => entry.EventType == EventTypes.RunStarted))
            {
                break;
            }

            upto = page.After;
        }

        Story = new RunStory(runId);
        _events.Clear();
        _seen = 0;
        foreach (var entry in found.SelectMany(page => page))
        {
            Take(entry);
        }

        IsLoaded = true;
    }

    /// <summary>Goes on with what arrived since.</summary>
    /// <returns>Whether anything did.</returns>
    public bool Update(EventLogView log)
    {
        if (log.Log != _log)
        {
            (_log, _seen) = (log.Log, 0);
        }

        var changed = false;
        for (var i = Math.Max(_seen, log.Start); IsLoaded && i < log.End; i++)
        {
            changed |= Take(log[i]);
        }

        _seen = log.End;
        return changed;
    }

    public MonitoringEvent? LastOf(string taskId) => _events.FindLast(entry => entry.TaskId == taskId);

    private bool Take(MonitoringEvent entry)
    {
        if (!LogPosition.TryParse(entry.Cursor, out var position) || !Story.Apply(entry, position))
        {
            return false;
        }

        _events.Add(entry);
        if (_events.Count > MaxEvents + (MaxEvents / 4))
        {
            _events.RemoveRange(0, _events.Count - MaxEvents);
        }

        return true;
    }
}
