using System.Text.Json;
using Nexus.Monitoring.Api.History.Storage;
using Nexus.Monitoring.Api.History.Tasks;
using Nexus.Monitoring.Api.Tests.Fixtures;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.History;
using Nexus.Monitoring.Contracts.Query;

namespace Nexus.Monitoring.Api.Tests.History;

/// <summary>What the writer knows of earlier events, also of those before a restart.</summary>
public sealed class WriterMemoryTests : IDisposable
{
    private static readonly DateTimeOffset Begin = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);

    private readonly TemporaryHistory _history = new();

    public void Dispose() => _history.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Write_EventThatIsInTheLogTwice_IsStoredOnce(bool isRestarted)
    {
        var completed = Event(EventTypes.TaskCompleted, 2);
        _history.Write(Event(EventTypes.TaskStarted, 1), completed);
        Restart(isRestarted);

        _history.Write(completed with { Timestamp = Begin.AddSeconds(3) }, Event(EventTypes.PhaseStarted, 4));

        Assert.Equal(
            [EventTypes.TaskStarted, EventTypes.TaskCompleted, EventTypes.PhaseStarted],
            (await _history.SearchAsync("", isBackwards: false)).Entries.Select(entry => entry.Keys.EventType));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Write_TaskThatWentOnAfterItsEnd_EndedOnce(bool isRestarted)
    {
        _history.Write(
            Event(EventTypes.TaskEnqueued, 0), Event(EventTypes.TaskStarted, 1), Event(EventTypes.TaskFailed, 2) with { Error = "broken" });
        Assert.Equal("failed", Assert.Single(await EndedAsync()).Status);
        Restart(isRestarted);

        _history.Write(Event(EventTypes.TaskEnqueued, 10) with { RetryCount = 1 });
        Assert.Empty(await EndedAsync());
        _history.Write(Event(EventTypes.TaskStarted, 11) with { RetryCount = 1 }, Event(EventTypes.TaskCompleted, 15) with { RetryCount = 1 });

        var task = Assert.Single(await EndedAsync());
        Assert.Equal(("completed", 2, 1_000, 4_000), (task.Status, task.Attempt, task.WaitMs, task.DurationMs));
        Assert.Equal(1, await _history.History.CountTasksAsync(Ended, TestContext.Current.CancellationToken));
    }

    /// <summary>Deliveries overtake one another: what was sent before the end, by the same sender, does not open the task again.</summary>
    [Fact]
    public async Task Write_StartThatArrivesAfterTheEnd_ChangesNothing()
    {
        _history.Write(Event(EventTypes.TaskEnqueued, 0), Event(EventTypes.TaskCompleted, 5));

        _history.Write([(new((ulong)Begin.AddSeconds(6).ToUnixTimeMilliseconds(), 0), Event(EventTypes.TaskStarted, 1))]);

        Assert.Equal("completed", Assert.Single(await EndedAsync()).Status);
    }

    /// <summary>As earlier versions stored it: the database reads no JSON that has half a surrogate pair.</summary>
    [Fact]
    public async Task From_RowWhoseJsonTheDatabaseCannotRead_FailsNobody()
    {
        var known = Event(EventTypes.TaskCompleted, 2) with { SpanId = "00f067aa0ba902b7", Meta = JsonElement.Parse("""{"x":"a"}"""u8) };
        _history.Write(Event(EventTypes.RunStarted, 0) with { ParentTaskId = "r" }, Event(EventTypes.TaskStarted, 1), known);
        using (var connection = _history.Database.Connect())
        {
            connection.Execute(
                """UPDATE events SET json = encode('{"event_id":"e","meta":{"x":"\ud800"},"parent_task_id":"r"}') WHERE event_type <> 'task_completed'""");
        }

        _history.RestartWriter();
        _history.Write(known with { Timestamp = Begin.AddSeconds(3) });

        Assert.Equal(3, (await _history.SearchAsync("")).Entries.Count);
        foreach (var query in new[] { "meta.x:a", "meta.x:*", $"event_id:{known.EventId}", "span_id:00f067aa0ba902b7", "NOT parent_task_id:r meta.x:a" })
        {
            Assert.Equal(EventTypes.TaskCompleted, Assert.Single((await _history.SearchAsync(query)).Entries).Keys.EventType);
        }

        foreach (var place in new[] { "meta.", "meta.x:" })
        {
            Assert.NotEmpty(await _history.History.SuggestAsync(QueryCaret.At(place, place.Length), 10, TestContext.Current.CancellationToken));
        }
    }

    private static TaskQuestion Ended { get; } = new(
        EventQuery.All, TemporaryHistory.Everything, EndedTasks.EndTypes, new TaskOrder("finished", false), null, 10, Begin.AddHours(1));

    private static MonitoringEvent Event(string type, int second) =>
        Sample.Event(type, "atlas", "task") with { Timestamp = Begin.AddSeconds(second), Source = "coordinator/1", RetryCount = 0 };

    private void Restart(bool isWanted)
    {
        if (isWanted)
        {
            _history.RestartWriter();
        }
    }

    private async Task<IReadOnlyList<TaskRow>> EndedAsync() =>
        [.. (await _history.History.TasksAsync(Ended, TestContext.Current.CancellationToken)).Select(task => task.Row)];
}
