using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.Stories;
using Nexus.Monitoring.Web.Live;

namespace Nexus.Monitoring.Web.Stories;

/// <summary>
/// One run, from the history and the log as far back as they reach, and followed live from there. For one viewer; not thread-safe.
/// </summary>
/// <param name="runId">The run.</param>
/// <param name="pages">The log.</param>
/// <param name="readStored">What the history knows of it; without, the log alone is read.</param>
internal sealed class RunFollower(string runId, IEventPages pages, Func<CancellationToken, Task<StoredRun>>? readStored = null)
{
    /// <summary>Newest events kept for the list.</summary>
    public const int MaxEvents = 2_000;

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

    /// <summary>The tasks that it waited for, in that order; empty where no history is kept.</summary>
    public IReadOnlyList<string> Critical { get; set; } = [];

    /// <summary>Reads what is known of the run; one attempt.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        var stored = readStored is null ? StoredRun.None : await readStored(cancellationToken);
        if (pages.Until is { } until)
        {
            // What it waited for in the end could not be known then.
            stored = new StoredRun([.. stored.Events.Where(entry => LogPosition.TryParse(entry.Cursor, out var then) && then <= until)], []);
        }

        var known = stored.Events is [.., var newest] && LogPosition.TryParse(newest.Cursor, out var at) ? at : LogPosition.Start;
        var hasEnded = stored.Events.Any(entry => entry.EventType is EventTypes.RunCompleted or EventTypes.RunFailed);
        var found = new Stack<IReadOnlyList<MonitoringEvent>>();
        LogPosition? upto = null;
        for (var read = 0; read < MaxPages && !hasEnded; read++)
        {
            var page = await pages.ReadBackAsync(upto, runId, cancellationToken);
            found.Push(page.Events);
            if (page.After <= known || page.After >= (upto ?? page.Upto) || page.Events.Any(entry => entry.EventType == EventTypes.RunStarted))
            {
                break;
            }

            upto = page.After;
        }

        Story = new RunStory(runId);
        _events.Clear();
        _seen = 0;
        foreach (var entry in stored.Events.Concat(found.SelectMany(page => page)))
        {
            Take(entry);
        }

        Critical = stored.Critical;
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
