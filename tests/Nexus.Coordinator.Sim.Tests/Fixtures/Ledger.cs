using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Coordinator.Sim.Tests.Fixtures;

/// <summary>What must be true of any log of events once everything has ended.</summary>
internal static class Ledger
{
    private static readonly string[] Ends = [EventTypes.TaskCompleted, EventTypes.TaskFailed, EventTypes.TaskCancelled];

    /// <summary>Each task was announced first, and ended exactly once, last.</summary>
    public static void AllTasksEndedOnce(IReadOnlyList<MonitoringEvent> events)
    {
        var lives = events.Where(e => e.EventType.StartsWith("task_", StringComparison.Ordinal)).GroupBy(e => e.TaskId).ToList();
        Assert.NotEmpty(lives);
        Assert.All(lives, life =>
        {
            var types = life.Select(e => e.EventType).ToList();
            var story = $"{life.Key}: {string.Join(", ", types)}";
            Assert.True(types[0] == EventTypes.TaskEnqueued, story);
            Assert.True(types.Count(Ends.Contains) == 1 && Ends.Contains(types[^1]), story);
        });
    }

    /// <summary>Each run and phase that began has ended once, and what a phase counted is what its tasks did.</summary>
    public static void AllCountsAddUp(IReadOnlyList<MonitoringEvent> events)
    {
        foreach (var run in events.Where(e => e.EventType == EventTypes.RunStarted))
        {
            Assert.Single(events, e => e.TaskId == run.TaskId && e.EventType is EventTypes.RunCompleted or EventTypes.RunFailed);
            var phases = events.Where(e => e.RunId == run.TaskId && e.Phase is not null).GroupBy(e => e.Phase);
            Assert.All(phases, phase =>
            {
                var began = Assert.Single(phase, e => e.EventType == EventTypes.PhaseStarted).Counts!;
                var ended = Assert.Single(phase, e => e.EventType is EventTypes.PhaseCompleted or EventTypes.PhaseFailed);
                Assert.Equal(began["total"], ended.Counts!["total"]);
                if (ended.EventType == EventTypes.PhaseCompleted)
                {
                    Assert.Equal(phase.Count(e => e.EventType == EventTypes.TaskCompleted), ended.Counts["completed"]);
                    Assert.Equal(phase.Count(e => e.EventType == EventTypes.TaskFailed), ended.Counts["failed"]);
                    Assert.Equal(ended.Counts["total"], ended.Counts["completed"] + ended.Counts["failed"]);
                }
            });
        }
    }
}
