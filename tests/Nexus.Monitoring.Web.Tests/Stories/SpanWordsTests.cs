using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.State;
using Nexus.Monitoring.Contracts.Stories;
using Nexus.Monitoring.Web.Formatting;
using Nexus.Monitoring.Web.Stories;

namespace Nexus.Monitoring.Web.Tests.Stories;

public sealed class SpanWordsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Orphan_WithEvidence_WasSeenUntilItsWorkersLastSignOfLife()
    {
        var task = new TaskStory("t");
        Apply(task, 0, EventTypes.TaskStarted);
        var verdict = new Verdict
        {
            WorkerId = 7,
            Reason = VerdictReasons.Stopped,
            LastSeenAt = Noon.AddSeconds(11),
            TtlMs = 30_000,
            Token = 1,
            Upto = LogPosition.At(Noon.AddSeconds(40)),
        };
        Apply(task, 41, EventTypes.TaskStalled, e => e with { Status = EventStatuses.Orphaned, Meta = verdict.ToMeta() });

        var span = Assert.Single(task.Spans);

        Assert.Equal(EventStatuses.Orphaned, span.Outcome);
        Assert.Equal(Noon.AddSeconds(11), SpanWords.SeenUntil(span, span.To!.Value));
        Assert.Equal(
            [
                "Attempt 1, orphaned at 12:00:41", "Worker\tworker 7", "From\t12:00:00.000", "To\t12:00:41.000",
                "Last sign of life\t12:00:11.000, after 11 s of work", "Silent for\t30 s until the verdict",
            ],
            SpanWords.Tip(span, Noon.AddMinutes(1), Times.Utc).Replace('\u00a0', ' ').Split('\n'));
    }

    [Fact]
    public void Orphan_WithoutEvidence_WasSeenUntilItWasSaid()
    {
        var task = new TaskStory("t");
        Apply(task, 0, EventTypes.TaskStarted);
        Apply(task, 41, EventTypes.TaskStalled, e => e with { Status = EventStatuses.Orphaned });

        var span = Assert.Single(task.Spans);

        Assert.Equal(Noon.AddSeconds(41), SpanWords.SeenUntil(span, span.To!.Value));
    }

    [Fact]
    public void Tip_AttemptThatGoesOn_CountsUpToNow()
    {
        var task = new TaskStory("t");
        Apply(task, 0, EventTypes.TaskEnqueued);
        Apply(task, 4, EventTypes.TaskStarted);

        Assert.Equal("Waited 4.0 s", SpanWords.Tip(task.Spans[0], Noon.AddSeconds(10), Times.Utc).Replace('\u00a0', ' ').Split('\n')[0]);
        Assert.Equal(
            "Attempt 1, running for 6.0 s", SpanWords.Tip(task.Spans[1], Noon.AddSeconds(10), Times.Utc).Replace('\u00a0', ' ').Split('\n')[0]);
    }

    private static void Apply(TaskStory task, double second, string type, Func<MonitoringEvent, MonitoringEvent>? with = null)
    {
        var entry = new MonitoringEvent
        {
            EventId = $"e{second}",
            Timestamp = Noon.AddSeconds(second),
            EventType = type,
            TaskId = task.TaskId,
            WorkerId = type == EventTypes.TaskEnqueued ? null : 7,
        };
        task.Apply(with?.Invoke(entry) ?? entry, LogPosition.At(Noon.AddSeconds(second)));
    }
}
