using Bunit;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.Stories;
using Nexus.Monitoring.Web.Components.Runs;

namespace Nexus.Monitoring.Web.Tests.Components;

public sealed class RunFactsTests : DashboardContext
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private readonly RunStory _story = new("run1");
    private ulong _sequence;

    [Fact]
    public void Render_RunThatEndedWithoutItsPhase_SaysWhichAndSinceWhen()
    {
        Tell(0, EventTypes.RunStarted);
        Tell(180, EventTypes.PhaseStarted, e => e with { Phase = "extraction" });
        Assert.Empty(Facts().FindAll("[data-unended]"));

        Tell(300, EventTypes.RunFailed);

        var facts = Facts();
        Assert.Equal(
            ("Phase extraction", "has not ended since 12:03:00"),
            (Words(facts.Find("[data-unended] dt").TextContent), Words(facts.Find("[data-unended] dd").TextContent)));
    }

    [Fact]
    public void Render_OpenRunOfWhichNothingIsHeard_SaysSinceWhen()
    {
        Tell(0, EventTypes.RunStarted);
        Tell(180, EventTypes.TaskEnqueued, e => e with { TaskId = "a" });
        Assert.Empty(Facts().FindAll("[data-silent]"));

        Tell(200, EventTypes.TaskCompleted, e => e with { TaskId = "a", WorkerId = 1 });
        Assert.Equal("Last heard of 12:03:20", Words(string.Join(' ', Facts().Find("[data-silent]").Children.Select(part => part.TextContent))));

        Tell(210, EventTypes.RunCompleted);
        Assert.Empty(Facts().FindAll("[data-silent]"));
    }

    [Fact]
    public void Render_TasksThatFailedInSeveralWays_TellsThemApart()
    {
        Tell(0, EventTypes.RunStarted);
        Tell(1, EventTypes.TaskFailed, e => e with { TaskId = "a" });
        Tell(1, EventTypes.TaskFailed, e => e with { TaskId = "b" });
        Tell(2, EventTypes.TaskFailed, e => e with { TaskId = "c", WorkerId = 1, DurationMs = 5, FailureKind = FailureKinds.TimedOut });
        Tell(3, EventTypes.TaskFailed, e => e with { TaskId = "d", WorkerId = 1, DurationMs = 5 });
        Tell(4, EventTypes.TaskCancelled, e => e with { TaskId = "e" });

        var facts = Facts();
        Assert.Equal("2 never started, 1 timed out", Words(facts.Find("[data-failure-kinds]").TextContent));
        Assert.Contains("Cancelled 1", facts.FindAll("dl > div").Select(fact => Words(string.Join(' ', fact.Children.Select(part => part.TextContent)))));
    }

    private IRenderedComponent<RunFacts> Facts() => Render<RunFacts>(facts => facts.Add(one => one.Story, _story).Add(one => one.Now, Noon.AddSeconds(600)));

    private static string Words(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private void Tell(int second, string type, Func<MonitoringEvent, MonitoringEvent>? with = null)
    {
        var e = new MonitoringEvent { EventId = $"e{_sequence}", Timestamp = Noon.AddSeconds(second), EventType = type, ParentTaskId = "run1" };
        _story.Apply(with?.Invoke(e) ?? e, new LogPosition((ulong)Noon.AddSeconds(second).ToUnixTimeMilliseconds(), ++_sequence));
    }
}
