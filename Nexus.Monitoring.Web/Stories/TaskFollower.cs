using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.Stories;
using Nexus.Monitoring.Web.Api;
using Nexus.Monitoring.Web.Live;
using Nexus.Monitoring.Web.Pages;
using Nexus.Monitoring.Web.Sessions;

namespace Nexus.Monitoring.Web.Stories;

/// <summary>One task, from the history or as far back as the log reaches, and followed live from there. For one viewer; not thread-safe.</summary>
internal sealed class TaskFollower(string taskId, ApiReader api, IEventPages pages, string? session = null)
{
    /// <summary>Pages of the log that are looked through where no history is kept.</summary>
    private const int MaxPages = 20;

    private readonly List<MonitoringEvent> _events = [];
    private LogPosition _position;
    private long _seen;
    private EventLog? _log;

    public TaskStory Story { get; private set; } = new(taskId);

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<MonitoringEvent> Events => _events;

    public string? ProjectId => _events.Find(entry => entry.ProjectId is not null)?.ProjectId;

    public string? RunId => _events.Find(entry => entry.ParentTaskId is not null)?.ParentTaskId;

    /// <summary>The newest event that carries data of its producer's.</summary>
    public MonitoringEvent? WithPayload => _events.FindLast(entry => entry.Meta is not null);

    /// <summary>Reads what is known of it; one attempt.</summary>
    /// <exception cref="ApiProblemException">It cannot be had; not found when nobody knows the task.</exception>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        var answer = await api.GetAsync(
            PageAddress.With($"api/tasks/{Uri.EscapeDataString(taskId)}", (ImportedSession.Parameter, session)), StoryJson.Default.TaskAnswer, cancellationToken);
        var known = answer.Events ?? await ReadLogAsync(cancellationToken);
        Story = new TaskStory(taskId);
        _events.Clear();
        (_position, _seen) = (LogPosition.Start, 0);
        foreach (var entry in known)
        {
            if (pages.Until is null || (LogPosition.TryParse(entry.Cursor, out var then) && then <= pages.Until))
            {
                Take(entry);
            }
        }
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
        for (var i = Math.Max(_seen, log.Start); i < log.End; i++)
        {
            changed |= log[i].TaskId == taskId && Take(log[i]);
        }

        _seen = log.End;
        return changed;
    }

    private bool Take(MonitoringEvent entry)
    {
        if (!LogPosition.TryParse(entry.Cursor, out var position) || position <= _position)
        {
            return false;
        }

        _position = position;
        _events.Add(entry);
        if (EventCategories.Of(entry.EventType) == EventCategory.Task)
        {
            Story.Apply(entry, position);
        }

        return true;
    }

    private async Task<IReadOnlyList<MonitoringEvent>> ReadLogAsync(CancellationToken cancellationToken)
    {
        var found = new Stack<IReadOnlyList<MonitoringEvent>>();
        LogPosition? upto = null;
        for (var read = 0; read < MaxPages; read++)
        {
            var page = await pages.ReadBackAsync(upto, taskId, cancellationToken);
            found.Push(page.Events);
            if (page.After >= (upto ?? page.Upto) || page.Events.Any(entry => entry.EventType == EventTypes.TaskEnqueued))
            {
                break;
            }

            upto = page.After;
        }

        return [.. found.SelectMany(page => page).Where(entry => entry.TaskId == taskId)];
    }
}
