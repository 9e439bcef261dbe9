using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Web.Events;

namespace Nexus.Monitoring.Web.Tests.Events;

public sealed class EventQueryTests
{
    private static readonly MonitoringEvent Failure = TestEvents.Event(7, EventTypes.TaskFailed) with
    {
        TaskType = "summarization",
        Error = "HTTP 429 from provider",
        WorkerId = 7,
        TraceId = "4bf92f3577b34da6a3ce929d0e0e4736",
    };

    [Theory]
    [InlineData("task-7")]
    [InlineData("run-1")]
    [InlineData("http 429")]
    [InlineData("SUMMAR")]
    [InlineData("w7")]
    [InlineData("W7")]
    [InlineData("4bf92f35")]
    [InlineData("task_failed")]
    public void Matches_TextInAnyField_IsFound(string text) => Assert.True((EventQuery.All with { Text = text }).Matches(Failure));

    [Theory]
    [InlineData("w77")]
    [InlineData("task-8")]
    [InlineData("atlas")]
    public void Matches_OtherText_IsNot(string text) => Assert.False((EventQuery.All with { Text = text }).Matches(Failure));

    [Fact]
    public void Matches_Kinds_AreAnded()
    {
        var query = EventQuery.From("atlas", "task", EventTypes.TaskFailed, "429");

        Assert.True(query.Matches(Failure));
        Assert.False(query.Matches(Failure with { ProjectId = "other" }));
        Assert.False(query.Matches(Failure with { EventType = EventTypes.TaskRetry }));
        Assert.False((query with { Category = EventCategory.Run }).Matches(Failure));
    }

    [Fact]
    public void From_EmptyOrUnknownWords_MeanAll() => Assert.True(EventQuery.From("", "nonsense", " ", null).IsAll);
}
