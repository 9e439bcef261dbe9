using System.IO.Compression;
using Nexus.Monitoring.Api.History;
using Nexus.Monitoring.Api.History.Profiles;
using Nexus.Monitoring.Api.History.Reading;
using Nexus.Monitoring.Api.History.Storage;
using Nexus.Monitoring.Api.History.Tasks;
using Nexus.Monitoring.Api.Tests.Fixtures;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.Query;

namespace Nexus.Monitoring.Api.Tests.History;

/// <summary>A file that an older program wrote goes on being used, with everything that is in it.</summary>
public sealed class MigrationTests
{
    private const int Stored = 1000;

    [Theory]
    [InlineData("version-1.duckdb.gz")]
    [InlineData("version-2.duckdb.gz")]
    public async Task Open_FileOfAnOlderVersion_IsBroughtForwardAndGoesOn(string file)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var history = new TemporaryHistory(configure: options => Unpack(file, options.Path));
        Assert.Equal((HistorySchema.Version, Stored), await CountAsync(history));
        var everything = new HistoryRange(LogPosition.Start, history.Database.ReadProgress().Head);
        var all = await history.SearchAsync("", everything, limit: 1000);
        var queued = all.Entries.First(entry => entry.Keys.EventType == EventTypes.TaskEnqueued);

        var run = await history.History.RunAsync(queued.Keys.ParentTaskId!, cancellation);
        history.Write(Sample.Event(EventTypes.TaskCompleted, "atlas", queued.Keys.TaskId, queued.Keys.ParentTaskId) with
        {
            Timestamp = queued.Position.Time.AddHours(1),
            DurationMs = 70,
        });
        var tasks = await history.History.TasksAsync(
            new TaskQuestion(
                EventQuery.All, TemporaryHistory.Everything, EndedTasks.EndTypes, new TaskOrder("running", false), null, 1000, DateTimeOffset.UtcNow),
            cancellation);

        Assert.Equal(Stored, all.Entries.Count);
        // Where the writer goes on is the entry that it read last, of which it knew the id.
        Assert.Equal(EntryId.Parse(all.Entries[^1].Position.ToString()).At(0), everything.Upto);
        Assert.Equal(
            all.Entries.Count(entry => entry.Keys.EventType == EventTypes.TaskEnqueued && entry.Keys.ParentTaskId == queued.Keys.ParentTaskId),
            run!.State!.Tasks.Total);
        Assert.Equal((queued.Keys.TaskId, 70), (Assert.Single(tasks).Row.TaskId, tasks[0].Row.DurationMs));
        Assert.Equal(2, (await history.History.TaskEventsAsync(queued.Keys.TaskId!, 10, cancellation)).Count);
        Assert.Equal((HistorySchema.Version, Stored + 1), await CountAsync(history));
    }

    /// <summary>
    /// 250 tasks, one a second, of which every tenth failed; four minutes of them were counted. The first was queued again after it had
    /// failed, and is open.
    /// </summary>
    [Fact]
    public async Task Open_FileWithMinutesAndEnds_AnswersAsBefore()
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var history = new TemporaryHistory(configure: options => Unpack("version-3.duckdb.gz", options.Path));
        var begin = new DateTimeOffset(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);
        var hour = new ProfileScope(begin.AddMinutes(-30), begin.AddMinutes(30), EventQuery.All, begin.AddHours(1));
        TaskQuestion Question(string order, int limit) =>
            new(EventQuery.All, TemporaryHistory.Everything, EndedTasks.EndTypes, new TaskOrder(order, false), null, limit, hour.Now);

        Assert.Equal((HistorySchema.Version, 751), await CountAsync(history));
        Assert.Equal(249, await history.History.CountTasksAsync(Question("finished", 1), cancellation));
        // The wait grows by a millisecond from task to task; so does the run, of which every fifth has no measure but the log's.
        Assert.Equal(
            ["task-249", "task-248"], (await history.History.TasksAsync(Question("waiting", 2), cancellation)).Select(task => task.Row.TaskId));
        var last = Assert.Single(await history.History.TasksAsync(Question("running", 1), cancellation)).Row;
        Assert.Equal(("task-245", 345L, 445L), (last.TaskId, last.WaitMs, last.DurationMs));
        Assert.Equal(begin.AddSeconds(245), last.EnqueuedAt);
        foreach (var (by, groups) in new[] { ("project", 2), ("task_type", 2), ("phase", 1), ("worker", 4) })
        {
            foreach (var isWait in new[] { false, true })
            {
                var profiles = await history.History.DurationsAsync(hour, by, isWait, cancellation);
                Assert.Equal((groups, 250), (profiles.Count, profiles.Sum(profile => profile.Count)));
                Assert.Equal(isWait ? 349 : 445, profiles.Max(profile => profile.Max));
            }
        }

        var compared = await history.History.CompareAsync(hour with { To = begin.AddSeconds(-1) }, hour, cancellation);
        Assert.Equal((250, 25), (compared.Sum(one => one.After!.Attempts), compared.Sum(one => one.After!.Failed)));
        var slowest = Assert.Single(await history.History.SlowestAsync(hour, 1, cancellation));
        Assert.Equal(("task-245", 445), (slowest.TaskId, slowest.RunMs));
    }

    /// <summary>
    /// The same after version 4, and then: the first task went on and ended again; of another a start arrived late. All ends were marked as
    /// ends of their tasks. The run of both had two spans.
    /// </summary>
    [Fact]
    public async Task Open_FileInWhichEndsWereMarkedWrongly_ListsEachTaskOnce()
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var history = new TemporaryHistory(configure: options => Unpack("version-4.duckdb.gz", options.Path));
        var question = new TaskQuestion(
            EventQuery.All, TemporaryHistory.Everything, EndedTasks.EndTypes, new TaskOrder("finished", false), null, 1000, DateTimeOffset.UtcNow);

        var tasks = (await history.History.TasksAsync(question, cancellation)).Select(task => (task.Row.TaskId, task.Row.Status)).ToList();

        Assert.Equal((HistorySchema.Version, 756), await CountAsync(history));
        Assert.Equal((251, 251), (tasks.Count, await history.History.CountTasksAsync(question, cancellation)));
        Assert.Equal(251, tasks.DistinctBy(task => task.TaskId).Count());
        Assert.Contains(("task-0", "completed"), tasks);
        Assert.Contains(("late", "completed"), tasks);
        Assert.Equal("task-7", Assert.Single((await history.SearchAsync("event_id:event-21")).Entries).Keys.TaskId);
        Assert.Equal(3, (await history.SearchAsync("task_id:task-7")).Entries.Count);
        Assert.Equal(3, (await history.History.TaskEventsAsync("task-7", 10, cancellation)).Count);
        Assert.Equal(
            (5L, 5L),
            await history.History.AskAsync(
                (connection, cancel) => connection.With(cancel).Rows(
                    new SqlText().Add("SELECT count(*), count(DISTINCT run_id) FROM run_spans"), row => (row.GetInt64(0), row.GetInt64(1)))[0],
                cancellation));
    }

    /// <summary>
    /// 120 tasks, one a second, of which every tenth failed and every twentieth timed out, and a phase that failed. There was no table of failures,
    /// and tasks had more bits.
    /// </summary>
    [Fact]
    public async Task Open_FileWithoutFailures_TellsThemAndFindsTasksOldAndNew()
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var history = new TemporaryHistory(configure: options => Unpack("version-6.duckdb.gz", options.Path));
        var begin = new DateTimeOffset(2026, 11, 29, 9, 0, 0, TimeSpan.Zero);
        var hour = new ProfileScope(begin.AddMinutes(-30), begin.AddMinutes(30), EventQuery.All, begin.AddHours(1));
        history.RestartWriter();
        history.Write(Sample.Event(EventTypes.TaskEnqueued, "atlas", "task-20", "run-0") with { Timestamp = begin.AddMinutes(5) });

        var groups = await history.History.ErrorsAsync(hour, 10, cancellation);
        var failed = await history.History.TasksAsync(
            new TaskQuestion(
                EventQuery.All, TemporaryHistory.Everything, [EventTypes.TaskFailed], new TaskOrder("finished", true), null, 100, hour.Now),
            cancellation);
        var run = await history.History.RunAsync("run-1", cancellation);
        var story = await history.History.TaskEventsAsync("task-20", 10, cancellation);

        Assert.Equal((HistorySchema.Version, 362), await CountAsync(history));
        Assert.Equal([(12L, 12L, 4L), (1L, 0L, 1L)], groups.Select(group => (group.Count, group.Final, group.Runs)));
        Assert.Equal("Upstream answered 503 after 110 ms", groups[0].LastError);
        Assert.Equal(
            Enumerable.Range(0, 12).Where(i => i != 2).Select(i => ($"task-{10 * i}", i % 2 == 0 ? FailureKinds.TimedOut : null)),
            failed.Select(task => (task.Row.TaskId, task.Row.FailureKind)));
        Assert.Equal((3, 1), (run!.State!.Tasks.Failed, run.State.Tasks.FailedTimedOut));
        Assert.Equal(4, story.Count);
        Assert.Equal(4, (await history.SearchAsync("task_id:task-20")).Entries.Count);
    }

    private static Task<(int, long)> CountAsync(TemporaryHistory history) => history.History.AskAsync(
        (connection, cancel) => connection.With(cancel).Rows(
            new SqlText().Add("SELECT (SELECT version FROM schema_version), count(*) FROM events"),
            row => (row.GetInt32(0), row.GetInt64(1)))[0],
        TestContext.Current.CancellationToken);

    private static void Unpack(string name, string path)
    {
        using var packed = new GZipStream(File.OpenRead(Path.Combine(AppContext.BaseDirectory, "History", "Files", name)), CompressionMode.Decompress);
        using var file = File.Create(path);
        packed.CopyTo(file);
    }
}
