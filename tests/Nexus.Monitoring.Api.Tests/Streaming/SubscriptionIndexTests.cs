using CsCheck;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Api.Tests.Fixtures;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Tests.Streaming;

public sealed class SubscriptionIndexTests
{
    private static readonly Gen<string?> Id = Gen.OneOfConst<string?>(null, "a", "b", "c");

    private static readonly Gen<string> Type = Gen.OneOfConst(
        EventTypes.TaskStarted, EventTypes.TaskFailed, EventTypes.QueueDepthUpdate, EventTypes.StatsSnapshot);

    private static readonly Gen<EventKeys> Keys = Gen.Select(Type, Id, Id, Id, (type, project, task, run) => new EventKeys(type, project, task, run));

    private static readonly Gen<string?> Query = Gen.OneOfConst<string?>(
        null, null, "project:a", "project:(a, b) type:task_failed", "type:(task_failed OR task_started)", "NOT project:a", "task:b OR run:c");

    private static readonly Gen<EventFilter> Filter = Gen.Select(
        Some(Gen.OneOfConst("a", "b", "c")), Some(Gen.OneOfConst("a", "b", "c")), Some(Type), Gen.Bool, Query,
        (projects, tasks, types, stats, query) => Sample.Filter(string.Join('&',
        [
            .. projects.Select(id => "project_id=" + id),
            .. tasks.Select(id => "task_id=" + id),
            .. types.Select(type => "event_types=" + type),
            .. stats ? new[] { "stats_only=true" } : [],
            .. query is null ? [] : new[] { "q=" + Uri.EscapeDataString(query) },
        ])));

    /// <summary>Who comes and goes as it may: an entry is noted with exactly the cohorts whose filter matches, once, and wakes only those.</summary>
    [Fact]
    public void Route_AnyFilters_IsWhatAskingEachFilterSays() => Gen.Select(
        Filter.Array[1, 12], Gen.Select(Gen.Int[0, 11], Gen.Bool, Keys).Array[0, 60]).Sample((filters, steps) =>
        {
            var ring = new EventRing(LogPosition.Start, 256, long.MaxValue);
            var index = new SubscriptionIndex();
            var signals = filters.Select(_ => new WakeSignal()).ToArray();
            var joined = new Cohort?[filters.Length];
            var expected = new Dictionary<Cohort, List<long>>();
            for (var i = 0; i < steps.Length; i++)
            {
                var (who, comes, keys) = steps[i];
                who %= filters.Length;
                if (comes && joined[who] is null)
                {
                    expected.TryAdd(joined[who] = index.Join(filters[who], signals[who], ring), []);
                }
                else if (!comes && joined[who] is { } left)
                {
                    index.Leave(left, signals[who]);
                    joined[who] = null;
                    if (!joined.Contains(left))
                    {
                        expected.Remove(left);
                    }
                }

                var entry = new LogEntry(new LogPosition(1, (ulong)i + 1), keys, new byte[1]) { Decoded = Of(keys) };
                ring.Append(entry);
                List<Cohort> touched = [];
                index.Route(entry, touched);

                Assert.Equal(touched.Count, touched.Distinct().Count());
                Assert.Equal(
                    joined.OfType<Cohort>().Where(cohort => entry.IsWantedBy(cohort.Filter)).ToHashSet(), touched.ToHashSet());
                touched.ForEach(cohort => cohort.IsTouched = false);
                foreach (var (cohort, matches) in expected.Where(pair => entry.IsWantedBy(pair.Key.Filter)))
                {
                    matches.Add(entry.Index);
                }
            }

            foreach (var (cohort, matches) in expected.Where(pair => !pair.Key.Filter.MatchesAll))
            {
                var first = cohort.TryRead(ring, 0, long.MaxValue, new long[100], out _) ? 0 : ring.Head.Index;
                Span<long> noted = new long[100];
                while (first > 0 && cohort.TryRead(ring, first - 1, ring.Head.Index, noted, out _))
                {
                    first--;
                }

                cohort.TryRead(ring, first, ring.Head.Index, noted, out var count);
                Assert.Equal(matches, noted[..count].ToArray());
            }
        });

    [Fact]
    public void TryRead_MoreMatchesThanAreRemembered_OnlyTheNewestAreKnown()
    {
        var ring = new EventRing(LogPosition.Start, 16, long.MaxValue);
        var cohort = new Cohort(Sample.Filter("project_id=a"), ring, 0);
        for (var i = 0; i < Cohort.MaxMatches + 5; i++)
        {
            cohort.Add(2 * i);
        }

        var found = new long[Cohort.MaxMatches + 5];
        Assert.False(cohort.TryRead(ring, 8, long.MaxValue, found, out _));
        Assert.True(cohort.TryRead(ring, 9, long.MaxValue, found, out var count));
        Assert.Equal(Enumerable.Range(5, Cohort.MaxMatches).Select(i => 2L * i), found.Take(count));
    }

    [Fact]
    public void TryRead_AfterAnotherRing_KnowsNothingOfTheOld()
    {
        var old = new EventRing(LogPosition.Start, 16, long.MaxValue);
        var cohort = new Cohort(Sample.Filter("project_id=a"), old, 0);
        cohort.Add(3);
        var ring = new EventRing(new LogPosition(9, 0), 16, long.MaxValue);

        cohort.Restart(ring);
        cohort.Add(0);

        Assert.False(cohort.TryRead(old, 0, 9, new long[4], out _));
        var found = new long[4];
        Assert.True(cohort.TryRead(ring, 0, 9, found, out var count));
        Assert.Equal([0L], found.Take(count));
    }

    private static Gen<T[]> Some<T>(Gen<T> value) => Gen.OneOf(Gen.Const<T[]>([]), value.Array[1, 3]);

    private static MonitoringEvent Of(EventKeys keys) => Sample.Event(keys.EventType) with
    {
        ProjectId = keys.ProjectId,
        TaskId = keys.TaskId,
        ParentTaskId = keys.ParentTaskId,
    };
}
