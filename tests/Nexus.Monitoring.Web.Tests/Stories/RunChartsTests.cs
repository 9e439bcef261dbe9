using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.Stories;
using Nexus.Monitoring.Web.Formatting;
using Nexus.Monitoring.Web.Stories;

namespace Nexus.Monitoring.Web.Tests.Stories;

public sealed class RunChartsTests
{
    [Fact]
    public void TimeScale_Ticks_AreRoundTimesInside()
    {
        var scale = new TimeScale(At(3), At(123));

        Assert.Equal([("00:00:30", 22.5), ("00:01:00", 47.5), ("00:01:30", 72.5), ("00:02:00", 97.5)], scale.Ticks(5, Times.Utc).Select(tick => (tick.Text, tick.Place)));
        Assert.Equal("left:0%;width:50%", scale.Box(At(0), At(63)));
    }

    [Fact]
    public void PhaseChart_Announced_EndsWhereItsRateLeads()
    {
        var story = Story(
            (0, EventTypes.PhaseStarted, "", e => e with { Counts = new Dictionary<string, long> { ["total"] = 4 } }),
            (1, EventTypes.TaskStarted, "a", null), (10, EventTypes.TaskCompleted, "a", null),
            (11, EventTypes.TaskStarted, "b", null), (20, EventTypes.TaskFailed, "b", null));

        var bar = Assert.Single(PhaseChart.Of(story, At(20)).Bars);

        // Two of four in 20 s, so two more in another 20 s
        Assert.Equal((1, 1, 4L, At(40)), (bar.Done, bar.Failed, bar.Total!.Value, bar.Projected!.Value));
        Assert.Equal(2, bar.Finished.Sum());
    }

    [Fact]
    public void PhaseChart_NotAnnounced_HasNoEstimate()
    {
        var story = Story((1, EventTypes.TaskStarted, "a", null), (10, EventTypes.TaskCompleted, "a", null));

        var bar = Assert.Single(PhaseChart.Of(story, At(20)).Bars);

        Assert.Equal((null, null, true), (bar.Total, bar.Projected, bar.IsOpen));
    }

    [Fact]
    public void Waterfall_Notable_FoldsOrdinaryTasksAndKeepsTheSelectedOne()
    {
        var events = Enumerable.Range(0, 10).SelectMany(i => new (double, string, string, Func<MonitoringEvent, MonitoringEvent>?)[]
        {
            (i, EventTypes.TaskStarted, $"t{i}", null), (i + 0.5, EventTypes.TaskCompleted, $"t{i}", null),
        }).Concat([(20, EventTypes.TaskStarted, "run", null), (21, EventTypes.TaskStarted, "bad", null), (22, EventTypes.TaskFailed, "bad", null)]);
        var story = Story([.. events]);

        var section = Assert.Single(Waterfall.Of(story, new TimeScale(At(0), At(30)), onlyNotable: true, "t5", At(30)));
        var all = Assert.Single(Waterfall.Of(story, new TimeScale(At(0), At(30)), onlyNotable: false, null, At(30)));

        // The two slowest, the selected one, the running one and the failed one
        Assert.Equal(["t5", "run", "bad"], section.Rows.Select(task => task.TaskId).Except(["t0", "t1", "t2", "t3", "t4", "t6", "t7", "t8", "t9"]));
        Assert.Equal(12, section.Rows.Count + section.Folded);
        Assert.Equal(section.Folded, section.Strip.Count);
        Assert.Equal("12 tasks, 10 done, 1 running, 1 failed", section.Summary);
        Assert.Equal((12, 0), (all.Rows.Count, all.Folded));
    }

    [Fact]
    public void Waterfall_Window_LeavesOutWhatEndedBefore()
    {
        var story = Story(
            (1, EventTypes.TaskStarted, "old", null), (2, EventTypes.TaskCompleted, "old", null), (8, EventTypes.TaskStarted, "new", null));

        var section = Assert.Single(Waterfall.Of(story, new TimeScale(At(5), At(10)), onlyNotable: false, null, At(10)));

        Assert.Equal("new", Assert.Single(section.Rows).TaskId);
    }

    [Theory]
    [InlineData(EventTypes.TaskEnqueued, "It has been in the queue for 8 s.")]
    [InlineData(EventTypes.TaskRetry, "Attempt 1 failed 8 s ago; the next one has not begun.")]
    [InlineData(EventTypes.TaskCompleted, "It waited 0 ms and ran 1.0 s in 1 attempt.")]
    public void StoryWords_Sum_SaysWhereTheTimeWent(string last, string words)
    {
        var story = last == EventTypes.TaskEnqueued
            ? Story((2, last, "a", null))
            : Story((1, EventTypes.TaskStarted, "a", null), (2, last, "a", null));

        Assert.Equal(words, StoryWords.Sum(story.Task("a")!, At(10)).Replace('\u00a0', ' '));
    }

    private static DateTimeOffset At(double seconds) => DateTimeOffset.UnixEpoch.AddSeconds(seconds);

    private static RunStory Story(params (double Seconds, string Type, string Task, Func<MonitoringEvent, MonitoringEvent>? With)[] events)
    {
        var story = new RunStory("run1");
        foreach (var (seconds, type, task, with) in events)
        {
            var entry = new MonitoringEvent
            {
                EventId = "e",
                Timestamp = At(seconds),
                EventType = type,
                TaskId = task.Length == 0 ? null : task,
                ParentTaskId = "run1",
                Phase = "search",
            };
            story.Apply(with?.Invoke(entry) ?? entry, new LogPosition((ulong)(seconds * 1000), 1));
        }

        return story;
    }
}
