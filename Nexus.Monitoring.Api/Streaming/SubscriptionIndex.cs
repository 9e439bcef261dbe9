using System.Runtime.InteropServices;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Filters;

namespace Nexus.Monitoring.Api.Streaming;

/// <summary>
/// Finds the cohorts that want an event without asking each: a cohort stands under every value of its most selective kind, so an event
/// is compared with those few that share a value with it. Not thread-safe. Bounded by the readers and the values of their filters.
/// </summary>
internal sealed class SubscriptionIndex
{
    private static readonly string[] Stats = [EventTypes.StatsSnapshot, EventTypes.QueueDepthUpdate];

    private readonly Dictionary<EventFilter, Cohort> _cohorts = [];
    private readonly Dictionary<string, List<Cohort>> _byProject = [];
    private readonly Dictionary<string, List<Cohort>> _byTask = [];
    private readonly Dictionary<string, List<Cohort>> _byType = [];

    /// <summary>Those whose filter names no value that an event could be found by.</summary>
    private readonly List<Cohort> _anywhere = [];

    public Dictionary<EventFilter, Cohort>.ValueCollection Cohorts => _cohorts.Values;

    /// <summary>The cohort of this filter, which begins with the next entry of the ring if it is new.</summary>
    public Cohort Join(EventFilter filter, WakeSignal signal, EventRing ring)
    {
        ref var cohort = ref CollectionsMarshal.GetValueRefOrAddDefault(_cohorts, filter, out _);
        if (cohort is null)
        {
            cohort = new Cohort(filter, ring, ring.Head.Index + 1);
            var (places, values) = PlacesOf(filter);
            foreach (var value in values)
            {
                ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(places, value, out _);
                (list ??= []).Add(cohort);
            }

            if (values.Count == 0)
            {
                _anywhere.Add(cohort);
            }
        }

        cohort.Signals.Add(signal);
        cohort.CountMembers();
        return cohort;
    }

    public void Leave(Cohort cohort, WakeSignal signal)
    {
        cohort.Signals.Remove(signal);
        cohort.CountMembers();
        if (cohort.Signals.Count > 0 || !_cohorts.Remove(cohort.Filter))
        {
            return;
        }

        _anywhere.Remove(cohort);
        var (places, values) = PlacesOf(cohort.Filter);
        foreach (var value in values)
        {
            if (places.TryGetValue(value, out var list) && list.Remove(cohort) && list.Count == 0)
            {
                places.Remove(value);
            }
        }
    }

    /// <summary>Told of an entry about which a filter could not decide, and why; it is not noted with that filter's cohort.</summary>
    public Action<LogEntry, Exception>? Undecided { get; set; }

    /// <summary>Notes the entry with each cohort that wants it; adds to <paramref name="touched"/> those that had nothing new before.</summary>
    public void Route(LogEntry entry, List<Cohort> touched)
    {
        Offer(_anywhere, entry, touched);
        Offer(_byProject, entry.Keys.ProjectId, entry, touched);
        Offer(_byTask, entry.Keys.TaskId, entry, touched);
        if (entry.Keys.ParentTaskId != entry.Keys.TaskId)
        {
            Offer(_byTask, entry.Keys.ParentTaskId, entry, touched, except: entry.Keys.TaskId);
        }

        Offer(_byType, entry.Keys.EventType, entry, touched);
    }

    private void Offer(
        Dictionary<string, List<Cohort>> places, string? value, LogEntry entry, List<Cohort> touched, string? except = null)
    {
        if (value is not null && places.Count > 0 && places.TryGetValue(value, out var cohorts))
        {
            Offer(cohorts, entry, touched, except);
        }
    }

    /// <param name="cohorts">Those that may want it.</param>
    /// <param name="entry">The event.</param>
    /// <param name="touched">Collects who has news.</param>
    /// <param name="except">Cohorts that stand under this value too were asked already.</param>
    private void Offer(List<Cohort> cohorts, LogEntry entry, List<Cohort> touched, string? except = null)
    {
        foreach (var cohort in cohorts)
        {
            if (except is not null && cohort.Filter.TaskIds.Contains(except))
            {
                continue;
            }

            if (!entry.IsWantedBy(cohort.Filter, out var problem))
            {
                if (problem is not null)
                {
                    Undecided?.Invoke(entry, problem);
                }

                continue;
            }

            if (!cohort.IsTouched)
            {
                touched.Add(cohort);
            }

            cohort.Add(entry.Index);
        }
    }

    private (Dictionary<string, List<Cohort>> Places, IReadOnlyList<string> Values) PlacesOf(EventFilter filter) => filter switch
    {
        { TaskIds.Count: > 0 } => (_byTask, filter.TaskIds),
        { ProjectIds.Count: > 0 } => (_byProject, filter.ProjectIds),
        { EventTypes.Count: > 0 } => (_byType, filter.EventTypes),
        { StatsOnly: true } => (_byType, Stats),
        _ when filter.Query.RequiredValues("project_id") is { Count: > 0 } projects => (_byProject, projects),
        _ => (_byType, filter.Query.RequiredValues("event_type")),
    };
}
