using Bunit;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.Stories;
using Nexus.Monitoring.Web.Components.Tasks;

namespace Nexus.Monitoring.Web.Tests.Components;

public sealed class StateLadderTests : DashboardContext
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Render_TaskThatFailedOnce_HasAStepPerStateWithItsTime()
    {
        var task = new TaskStory("b2666380");
        Tell(task, EventTypes.TaskEnqueued, 0);
        Tell(task, EventTypes.TaskStarted, 10, worker: 3);
        Tell(task, EventTypes.TaskRetry, 12, error: "HTTP 429");
        Tell(task, EventTypes.TaskStarted, 20, worker: 4, retry: 1);

        var ladder = Render<StateLadder>(component => component.Add(one => one.Task, task).Add(one => one.Now, Noon.AddSeconds(25)));

        Assert.Equal(["waiting", "attempt 1", "retrying", "attempt 2"], ladder.FindAll("b").Select(step => step.TextContent));
        Assert.Equal(["10 s", "2.0 s", "8.0 s", "5.0 s"], ladder.FindAll("li > .right").Select(time => time.TextContent.Replace('\u00a0', ' ')));
        Assert.Equal("HTTP 429", ladder.Find("p.is-failed").TextContent);
        Assert.Equal("left:40%;width:8%", ladder.FindAll(".ladder-bar i")[1].GetAttribute("style"));
        Assert.Contains("worker 4, running", ladder.Markup, StringComparison.Ordinal);
    }

    private static void Tell(TaskStory task, string type, int second, int? worker = null, int? retry = null, string? error = null) => task.Apply(
        new MonitoringEvent
        {
            EventId = $"{type}-{second}",
            EventType = type,
            Timestamp = Noon.AddSeconds(second),
            TaskId = task.TaskId,
            WorkerId = worker,
            RetryCount = retry,
            Error = error,
        },
        LogPosition.At(Noon.AddSeconds(second)));
}
