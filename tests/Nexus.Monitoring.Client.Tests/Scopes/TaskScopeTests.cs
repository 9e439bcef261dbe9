using System.Diagnostics;
using Microsoft.Extensions.Time.Testing;
using Nexus.Monitoring.Client.Scopes;
using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Monitoring.Client.Tests.Scopes;

public sealed class TaskScopeTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
    private readonly RecordingPublisher _publisher;
    private readonly Spans _spans = new();

    public TaskScopeTests() => _publisher = new RecordingPublisher(_time);

    public void Dispose() => _spans.Dispose();

    /// <summary>Whatever is done to a scope, in whatever order: the first ending counts, and there is exactly one.</summary>
    [Theory]
    [InlineData("complete", "task_completed", "completed", null)]
    [InlineData("fail", "task_failed", "failed", "broken")]
    [InlineData("retry", "task_retry", "retrying", "later")]
    [InlineData("", "task_failed", "failed", "Task t1 was left without a result.")]
    [InlineData("complete complete", "task_completed", "completed", null)]
    [InlineData("complete fail", "task_completed", "completed", null)]
    [InlineData("complete retry", "task_completed", "completed", null)]
    [InlineData("fail complete", "task_failed", "failed", "broken")]
    [InlineData("fail retry", "task_failed", "failed", "broken")]
    [InlineData("retry complete", "task_retry", "retrying", "later")]
    [InlineData("dispose complete", "task_failed", "failed", "Task t1 was left without a result.")]
    public void Scope_AnySequenceOfEndings_EmitsExactlyTheFirst(string endings, string eventType, string status, string? error)
    {
        using (var scope = _publisher.StartTask(Details))
        {
            foreach (var (ending, i) in endings.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((ending, i) => (ending, i)))
            {
                Assert.Equal(i == 0, End(scope, ending));
            }
        }

        Assert.Equal([EventTypes.TaskStarted, eventType], _publisher.Types);
        var last = _publisher.Events[1];
        Assert.Equal((status, error), (last.Status, last.Error));
        Assert.Equal(error is null ? ActivityStatusCode.Ok : ActivityStatusCode.Error, Assert.Single(_spans.Ended).Status);
    }

    [Fact]
    public void Scope_Events_CarryAllThatIsKnown()
    {
        using (var scope = _publisher.StartTask(Details))
        {
            _time.Advance(TimeSpan.FromMilliseconds(6_600));
            scope.Complete("done", new Dictionary<string, long> { ["tokens"] = 7 });
        }

        Assert.All(_publisher.Events, e => Assert.Equal(
            ("t1", "r1", "alpha", "search", "extraction", 4, 2),
            (e.TaskId, e.ParentTaskId, e.ProjectId, e.TaskType, e.Phase, e.WorkerId, e.RetryCount)));
        var (started, completed) = (_publisher.Events[0], _publisher.Events[1]);
        Assert.Equal(("processing", "look", (long?)null), (started.Status, started.Message, started.DurationMs));
        Assert.Equal(("done", 6_600L, 7L), (completed.Message, completed.DurationMs, completed.Counts!["tokens"]));
    }

    [Fact]
    public void Retry_CountsThisFailureToo()
    {
        using (var scope = _publisher.StartTask(Details))
        {
            scope.Retry(new TimeoutException("slow"), TimeSpan.FromSeconds(2.5));
        }

        var retry = _publisher.Events[1];
        Assert.Equal((3, "TimeoutException: slow", Details.Message), (retry.RetryCount, retry.Error, retry.Message));
        Assert.Equal(2_500, retry.Meta!.Value.GetProperty("retry_delay_ms").GetInt64());
    }

    [Fact]
    public void Abandon_EndsTheSpanAndSaysNothing()
    {
        using (var scope = _publisher.StartTask(Details))
        {
            Assert.True(scope.Abandon("taken away"));
            Assert.True(scope.HasEnded);
            Assert.False(scope.Complete());
        }

        Assert.Equal([EventTypes.TaskStarted], _publisher.Types);
        var span = Assert.Single(_spans.Ended);
        Assert.Equal((ActivityStatusCode.Error, "taken away"), (span.Status, span.StatusDescription));
    }

    [Fact]
    public void EnqueueTask_Span_FollowsTheMessagingConventions()
    {
        _publisher.EnqueueTask(Details with { Queue = "nexus:tasks:high_priority" });

        var tags = Assert.Single(_spans.Ended).TagObjects.ToDictionary();
        Assert.Equal("redis", tags["messaging.system"]);
        Assert.Equal("nexus:tasks:high_priority", tags["messaging.destination.name"]);
        Assert.Equal(("enqueue", "send"), (tags["messaging.operation.name"], tags["messaging.operation.type"]));
        Assert.Equal(Details.TaskId, tags["messaging.message.id"]);
    }

    [Fact]
    public void Scope_Span_IsThatOfTheEventsWhereverTheyAreEmitted()
    {
        var scope = _publisher.StartTask(Details);
        Activity.Current = null;
        scope.Complete();

        var span = Assert.Single(_spans.Ended);
        Assert.Equal("task search", span.DisplayName);
        Assert.Equal(_spans.Root.SpanId, span.ParentSpanId);
        Assert.All(_publisher.Events, e => Assert.Equal(
            (span.TraceId.ToHexString(), span.SpanId.ToHexString(), _spans.Root.SpanId.ToHexString()), (e.TraceId, e.SpanId, e.ParentSpanId)));
        Assert.Equal("t1", span.GetTagItem("nexus.task.id"));
        Assert.Equal("r1", span.GetTagItem("nexus.run.id"));
        Assert.Equal(_publisher.Events[1].EventId, span.GetTagItem("nexus.event.id"));
    }

    [Fact]
    public void EnqueueTask_TraceParent_CarriesTheTraceToTheWorker()
    {
        var traceParent = _publisher.EnqueueTask(Details with { WorkerId = null });
        Activity.Current = null;
        using (var scope = _publisher.StartTask(Details.WithParent(traceParent)))
        {
            scope.Complete();
        }

        Assert.Equal([EventTypes.TaskEnqueued, EventTypes.TaskStarted, EventTypes.TaskCompleted], _publisher.Types);
        var (enqueue, task) = (_spans.Ended[0], _spans.Ended[1]);
        Assert.Equal((enqueue.TraceId, enqueue.SpanId), (task.TraceId, task.ParentSpanId));
        Assert.Equal((ActivityKind.Producer, ActivityKind.Consumer), (enqueue.Kind, task.Kind));
        Assert.Equal("pending", _publisher.Events[0].Status);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("nonsense")]
    public void WithParent_NoTraceParent_ChangesNothing(string? traceParent) => Assert.Equal(Details, Details.WithParent(traceParent));

    [Fact]
    public async Task RunTask_WorkReturns_Completes()
    {
        var result = await _publisher.RunTaskAsync(Details, (_, _) => Task.FromResult(42), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(42, result);
        Assert.Equal([EventTypes.TaskStarted, EventTypes.TaskCompleted], _publisher.Types);
    }

    [Fact]
    public async Task RunTask_WorkThrows_FailsAndTheExceptionPassesThrough()
    {
        var thrown = new InvalidOperationException("broken");
        var caught = await Assert.ThrowsAsync<InvalidOperationException>(
            () => _publisher.RunTaskAsync(Details, (_, _) => throw thrown, cancellationToken: TestContext.Current.CancellationToken));

        Assert.Same(thrown, caught);
        Assert.Equal([EventTypes.TaskStarted, EventTypes.TaskFailed], _publisher.Types);
        Assert.Equal("InvalidOperationException: broken", _publisher.Events[1].Error);
    }

    [Fact]
    public async Task RunTask_WorkThrowsWhatIsRetried_SaysSo()
    {
        await Assert.ThrowsAsync<TimeoutException>(() => _publisher.RunTaskAsync(
            Details, (_, _) => throw new TimeoutException(), exception => exception is TimeoutException, TestContext.Current.CancellationToken));

        Assert.Equal([EventTypes.TaskStarted, EventTypes.TaskRetry], _publisher.Types);
    }

    [Fact]
    public async Task RunTask_WorkEndsTheScopeItself_NothingIsAdded()
    {
        await _publisher.RunTaskAsync(
            Details,
            (scope, _) =>
            {
                scope.Fail("found nothing");
                return Task.CompletedTask;
            },
            cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal([EventTypes.TaskStarted, EventTypes.TaskFailed], _publisher.Types);
    }

    [Fact]
    public async Task RunTask_Cancelled_FailsAsCancelled()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _publisher.RunTaskAsync(
            Details, (_, token) => Task.Delay(Timeout.Infinite, token), cancellationToken: cancelled.Token));

        Assert.Equal("Cancelled.", _publisher.Events[1].Error);
    }

    [Fact]
    public void Disabled_Scope_WorksAndEmitsNothing()
    {
        var publisher = new RecordingPublisher(_time) { IsEnabled = false };
        using (var scope = publisher.StartTask(Details))
        {
            Assert.True(scope.Complete());
            Assert.False(scope.Fail("late"));
        }

        using (var run = publisher.StartRun(new RunDetails { RunId = "r1" }))
        using (var phase = run.StartPhase("search", 3))
        {
            phase.Advance();
        }

        Assert.Empty(publisher.Events);
        Assert.Empty(_spans.Ended);
    }

    private static TaskDetails Details { get; } = new()
    {
        TaskId = "t1",
        RunId = "r1",
        ProjectId = "alpha",
        TaskType = "search",
        Phase = "extraction",
        Message = "look",
        WorkerId = 4,
        RetryCount = 2,
    };

    private static bool End(TaskScope scope, string ending) => ending switch
    {
        "complete" => scope.Complete(),
        "fail" => scope.Fail("broken"),
        "retry" => scope.Retry("later"),
        _ => Dispose(scope),
    };

    private static bool Dispose(TaskScope scope)
    {
        scope.Dispose();
        return true;
    }
}
