using System.Text.Json;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Query;

namespace Nexus.Monitoring.Contracts.Tests.Query;

public sealed class QueryMatchingTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private static readonly MonitoringEvent Failed = new()
    {
        EventId = "0197a5f0-0000-7000-8000-000000000001",
        Timestamp = Now.AddMinutes(-10),
        EventType = EventTypes.TaskFailed,
        ProjectId = "Atlas",
        ParentTaskId = "run-7",
        TaskId = "b2666380",
        TaskType = "web search",
        Status = "failed",
        Message = "Gave up after 3 attempts",
        Error = "HTTP 503 from https://api.example.com: Überlastet (50%)",
        WorkerId = 4,
        RetryCount = 2,
        DurationMs = 2500,
        Counts = new Dictionary<string, long> { ["documents"] = 12 },
        Meta = JsonSerializer.SerializeToElement(new { model = new { name = "large", temperature = 0.2, cached = true }, build = "12" }),
    };

    /// <summary>An event that came another way than through <see cref="EventJson"/>.</summary>
    [Theory]
    [InlineData("meta.x:a")]
    [InlineData("meta.y:a")]
    [InlineData("meta.x:(a OR b)")]
    public void Compile_TextIsHalfASurrogatePair_DoesNotMatch(string text)
    {
        Assert.True(EventQuery.TryParse(text, out var query, out _));
        var e = Failed with { Meta = JsonElement.Parse("""{"\udc00":1,"x":"\ud800"}"""u8) };

        Assert.False(query.Compile(Now)(e));
    }

    [Theory]
    [InlineData("")]
    [InlineData("event_type:task_failed")]
    [InlineData("type:task_failed project:Atlas run:run-7 task:b2666380 worker:4 retries:2")]
    [InlineData("event_type:(task_retry OR task_failed)")]
    [InlineData("event_type:(task_retry, task_f*)")]
    [InlineData("event_type:*_fail*")]
    [InlineData("task_type:\"web search\"")]
    [InlineData("task_type:\"web \"*")]
    [InlineData("duration_ms:>2000")]
    [InlineData("duration:>2s AND duration:<=2.5s")]
    [InlineData("duration_ms:[2500 TO 3000]")]
    [InlineData("duration_ms:2s..3s")]
    [InlineData("worker_id:(1 OR 4)")]
    [InlineData("NOT status:completed")]
    [InlineData("-status:completed -phase:*")]
    [InlineData("error:* NOT phase:*")]
    [InlineData("gave")]
    [InlineData("GAVE attempts")]
    [InlineData("\"gave up\"")]
    [InlineData("gave*attempts")]
    [InlineData("überlastet")]
    [InlineData("ÜBERLASTET")]
    [InlineData("50%")]
    [InlineData("\"https://api\"")]
    [InlineData("error:503")]
    [InlineData("error:http*503")]
    [InlineData("message:=\"Gave up after 3 attempts\"")]
    [InlineData("ts:>-15m")]
    [InlineData("ts:[-1h TO now]")]
    [InlineData("ts:>=2026-11-23T11:50:00Z ts:<2026-11-23T13:51:00+02:00")]
    [InlineData("ts:2026-11-23..2026-11-24")]
    [InlineData("meta.model.name:large")]
    [InlineData("meta.model.temperature:<0.5")]
    [InlineData("meta.model.temperature:0.20")]
    [InlineData("meta.model.cached:true")]
    [InlineData("meta.model:*")]
    [InlineData("meta.build:12")]
    [InlineData("counts.documents:12")]
    [InlineData("status:completed OR status:failed timeout OR gave")]
    [InlineData("(status:completed OR status:failed) gave")]
    public void Compile_QueryThatMeansTheEvent_Matches(string query) => Assert.True(Matches(query), query);

    [Theory]
    [InlineData("event_type:Task_Failed")]
    [InlineData("event_type:task")]
    [InlineData("project_id:atlas")]
    [InlineData("duration_ms:>2500")]
    [InlineData("phase:gather")]
    [InlineData("phase:*")]
    [InlineData("NOT gave")]
    [InlineData("attempts*gave")]
    [InlineData("message:=\"gave up after 3 attempts\"")]
    [InlineData("50_")]
    [InlineData("ts:>-5m")]
    [InlineData("meta.model.name:Large")]
    [InlineData("meta.build:>5")]
    [InlineData("meta.model.cached:1")]
    [InlineData("meta.model:large")]
    [InlineData("queue.high_priority:*")]
    [InlineData("(status:completed OR status:failed) timeout")]
    public void Compile_QueryThatMeansAnother_DoesNotMatch(string query) => Assert.False(Matches(query), query);

    [Fact]
    public void Compile_RunId_IsTheTaskItselfForEventsOfARun()
    {
        var run = Failed with { EventType = EventTypes.RunStarted, ParentTaskId = null, TaskId = "run-9" };

        Assert.True(Matches("run_id:run-9", run));
        Assert.False(Matches("parent_task_id:run-9", run));
    }

    private static bool Matches(string text, MonitoringEvent? e = null)
    {
        Assert.True(EventQuery.TryParse(text, out var query, out var error), error?.ToString());
        return query.Compile(Now)(e ?? Failed);
    }
}
