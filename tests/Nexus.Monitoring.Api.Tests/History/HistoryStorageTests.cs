using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Nexus.Monitoring.Api.History;
using Nexus.Monitoring.Api.History.Exports;
using Nexus.Monitoring.Api.History.Reading;
using Nexus.Monitoring.Api.History.Storage;
using Nexus.Monitoring.Api.History.Writing;
using Nexus.Monitoring.Api.Tests.Fixtures;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.Query;

namespace Nexus.Monitoring.Api.Tests.History;

public sealed class HistoryStorageTests
{
    private const int Many = 400_000;

    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Open_NewerSchema_IsRefusedWithASentence()
    {
        using var history = new TemporaryHistory();
        using (var connection = history.Database.Connect())
        {
            connection.Execute("UPDATE schema_version SET version = 99");
        }

        history.Store.Close();

        var refused = Assert.Throws<HistoryUnavailableException>(() => HistoryDatabase.Open(history.Options.Value));
        Assert.Contains($"has schema version 99, and this program knows versions up to {HistorySchema.Version}; run the newer program", refused.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Open_FolderThatCannotBeWritten_SaysSo()
    {
        var refused = Assert.Throws<HistoryUnavailableException>(() =>
            HistoryDatabase.Open(new HistoryOptions(), "/proc/nexus/events.duckdb"));

        Assert.Contains("/proc/nexus/events.duckdb", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Retention_ByAge_DeletesWhatIsOlderAndSaysFromWhereItGoes()
    {
        using var history = new TemporaryHistory(new FakeTimeProvider(Now), options => options.MaxAge = TimeSpan.FromHours(1));
        history.Write(Enumerable.Range(0, 120).Select(i => At(Now.AddMinutes(i - 120))));
        history.State.Set(LogPosition.Start, LogPosition.At(Now));

        Retention(history).Enforce(history.Database);

        var left = await history.SearchAsync("");
        Assert.Equal(60, left.Entries.Count);
        Assert.Equal(LogPosition.At(Now.AddHours(-1)).Milliseconds - 1, history.State.Floor.Milliseconds);
        Assert.Equal(history.State.Floor, history.Database.ReadProgress().Floor);
    }

    /// <summary>Whatever tables there are: what a row is about is gone with it.</summary>
    [Fact]
    public void Retention_EveryTableThatTellsTimes_LosesWhatIsOlder()
    {
        using var history = new TemporaryHistory(new FakeTimeProvider(Now), options => options.MaxAge = TimeSpan.FromHours(1));
        string[] types = [EventTypes.TaskEnqueued, EventTypes.TaskStarted, EventTypes.TaskFailed, EventTypes.PhaseFailed];
        history.Write(Enumerable.Range(0, 180).Select(i => (
            LogPosition.At(Now.AddMinutes(i - 180)),
            Sample.Event(types[i % types.Length], "atlas", $"t{i / types.Length}", $"r{i}") with
            {
                Timestamp = Now.AddMinutes(i - 180), Error = i % types.Length < 2 ? null : "broken", WorkerId = 1, DurationMs = 10,
                Queue = new Dictionary<string, long> { ["search"] = i },
            })));
        history.CountMinutes(Now);
        history.State.Set(LogPosition.Start, LogPosition.At(Now));
        using var connection = history.Database.Connect();
        connection.Execute($"INSERT INTO task_filters VALUES (0, {Now.AddHours(-2).ToUnixTimeMilliseconds()}, NULL)");
        string[] times = ["ms", "minute", "last_ms", "upto_ms"];
        var tables = connection.With(CancellationToken.None).Rows(
            new SqlText().Add("SELECT table_name, column_name FROM duckdb_columns() WHERE table_name NOT IN ('rolled')"),
            row => (Table: row.GetString(0), Column: row.GetString(1))).Where(one => times.Contains(one.Column)).ToList();
        var cut = Now.AddHours(-1).AddMinutes(-1).ToUnixTimeMilliseconds();
        long Older((string Table, string Column) one) =>
            Convert.ToInt64(connection.Scalar($"SELECT count(*) FROM {one.Table} WHERE {one.Column} < {cut}"), null);

        var before = tables.Where(table => Older(table) > 0).Select(table => table.Table).Order(StringComparer.Ordinal).ToList();
        Retention(history).Enforce(history.Database);

        Assert.Equal(
            [
                "attempt_ends", "attempt_starts", "events", "failures", "minute_project_times", "minute_task_times", "minute_worker_times", "minute_workers", "minutes",
                "queue_depths", "run_events", "run_spans", "task_filters",
            ],
            before);
        Assert.All(tables, table => Assert.Equal(0, Older(table)));
    }

    [Fact]
    public async Task Retention_BySize_KeepsTheNewestWhileOthersReadAndWrite()
    {
        const long Limit = 16L * 1024 * 1024;
        using var history = new TemporaryHistory(new FakeTimeProvider(Now), options =>
            (options.MaxAge, options.MaxSizeBytes) = (TimeSpan.Zero, Limit));
        history.Write(Enumerable.Range(0, Many).Select(i => At(Now.AddMilliseconds(i - Many))));
        history.State.Set(LogPosition.Start, LogPosition.At(Now));
        using var reader = history.Database.Connect();
        using var snapshot = reader.BeginTransaction();
        var before = reader.Scalar("SELECT count(*) FROM events");

        Retention(history).Enforce(history.Database);
        history.Write([At(Now.AddMilliseconds(5))]);

        Assert.Equal((long)Many, before);
        Assert.Equal((long)Many, reader.Scalar("SELECT count(*) FROM events"));
        snapshot.Rollback();
        // Half a megabyte of tables that do not shrink with their rows may be left to the next time.
        Retention(history).Enforce(history.Database);
        Retention(history).Enforce(history.Database);
        var used = Convert.ToInt64(reader.Scalar("SELECT used_blocks * block_size FROM pragma_database_size()"), null);
        Assert.True(used <= Limit, $"{used} bytes are used.");
        var newest = (await history.SearchAsync("", limit: 1)).Entries;
        Assert.Equal(LogPosition.At(Now.AddMilliseconds(5)), Assert.Single(newest).Position);
    }

    /// <summary>Space that a reader holds back comes by itself: it is no reason to delete what is still there.</summary>
    [Fact]
    public void Retention_BySizeWhileAReaderHoldsTheSpace_DeletesOnce()
    {
        using var history = new TemporaryHistory(new FakeTimeProvider(Now), options =>
            (options.MaxAge, options.MaxSizeBytes) = (TimeSpan.Zero, 16L * 1024 * 1024));
        history.Write(Enumerable.Range(0, Many).Select(i => At(Now.AddMilliseconds(i - Many))));
        history.State.Set(LogPosition.Start, LogPosition.At(Now));
        using var reader = history.Database.Connect();
        using var snapshot = reader.BeginTransaction();
        Assert.Equal((long)Many, reader.Scalar("SELECT count(*) FROM events"));

        Retention(history).Enforce(history.Database);
        var left = Count(history);
        for (var i = 0; i < 5; i++)
        {
            Retention(history).Enforce(history.Database);
        }

        Assert.InRange(left, 1, Many - 1);
        Assert.Equal(left, Count(history));
    }

    /// <summary>The database takes both a change and the deletion of a row, whichever comes first.</summary>
    [Fact]
    public void Write_TaskGoesOnWhoseEndIsBeingDeleted_IsCommitted()
    {
        using var history = new TemporaryHistory();
        var ended = Sample.Event(EventTypes.TaskFailed, "atlas", "task") with { Timestamp = Now.AddMinutes(-10) };
        history.Write(Sample.Event(EventTypes.TaskStarted, "atlas", "task") with { Timestamp = Now.AddMinutes(-11) }, ended);
        using var retention = history.Database.Connect();
        using var deletion = retention.BeginTransaction();
        Assert.Equal(1, retention.Execute("DELETE FROM attempt_ends"));

        history.Write(Sample.Event(EventTypes.TaskEnqueued, "atlas", "task") with { Timestamp = Now });
        deletion.Commit();

        Assert.Equal(3, Count(history));
    }

    [Fact]
    public async Task Open_FloorIsRaisedMeanwhile_KeepsTheHigherOne()
    {
        var state = new HistoryState();
        var raised = LogPosition.At(Now);

        var raising = Task.CompletedTask;
        state.Open(() =>
        {
            // What another thread deletes while the file is read must not be forgotten by what was read.
            raising = Task.Run(() => state.RaiseFloor(raised));
            return (LogPosition.Start, raised);
        });
        await raising;

        Assert.Equal(raised, state.Floor);
    }

    /// <summary>The writer only appends, so it never meets what became of earlier blocks.</summary>
    [Fact]
    public async Task Export_BlockOfTheFileIsDamaged_TurnsHealthRed()
    {
        using var history = new TemporaryHistory();
        history.Write(Enumerable.Range(0, 150_000).Select(i => At(Now.AddMilliseconds(i))));
        history.State.Set(LogPosition.Start, LogPosition.At(Now.AddHours(1)));
        using (var connection = history.Database.Connect())
        {
            connection.Execute("CHECKPOINT");
        }

        history.Store.Close();
        using (var file = new FileStream(history.Options.Value.Path, FileMode.Open))
        {
            file.Position = file.Length / 2;
            file.Write(new byte[file.Length / 10]);
        }

        history.Store.Open();
        var everything = new ExportQuestion(EventQuery.All, TemporaryHistory.Everything, Now);
        await Assert.ThrowsAsync<HistoryUnavailableException>(() => history.History.ExportAsync(
            everything, new JsonExport(false), Stream.Null, TestContext.Current.CancellationToken));

        Assert.Contains("is damaged; move it away", history.State.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void SetDamage_WhateverIsWrittenAfterwards_StaysAProblem()
    {
        var state = new HistoryState();
        state.SetDamage("damaged");

        state.Advance(LogPosition.At(Now));

        Assert.Equal("damaged", state.Problem);
    }

    [Fact]
    public void MemoryLimit_IsTheDatabases()
    {
        using var history = new TemporaryHistory();
        using var connection = history.Database.Connect();

        Assert.Equal("512.0 MiB", connection.Scalar("SELECT current_setting('memory_limit')"));
        Assert.Equal(2L, Convert.ToInt64(connection.Scalar("SELECT current_setting('threads')"), null));
    }

    [Fact]
    public void Validate_BadOptions_NamesKeyValueAndWhatIsAllowed()
    {
        var options = new HistoryOptions { MaxSizeBytes = 5, Threads = 0, Path = "/tmp" };

        var problems = new HistoryOptionsValidator().Validate(null, options).Failures!.ToList();

        Assert.Contains("Monitoring:History:MaxSizeBytes is 5; zero for no limit, or 16777216 to 1125899906842624 is allowed.", problems);
        Assert.Contains("Monitoring:History:Threads is 0; 1 to 256 is allowed.", problems);
        Assert.Contains("Monitoring:History:Path is '/tmp'; the path of a file is allowed, such as .data/history/events.duckdb.", problems);
    }

    private static long Count(TemporaryHistory history)
    {
        using var connection = history.Database.Connect();
        return (long)connection.Scalar("SELECT count(*) FROM events")!;
    }

    private static (LogPosition, MonitoringEvent) At(DateTimeOffset at) =>
        (LogPosition.At(at), Sample.Event(EventTypes.TaskCompleted) with { Timestamp = at, Message = Guid.NewGuid().ToString() });

    private static HistoryRetention Retention(TemporaryHistory history) =>
        new(history.Store, history.State, history.Time, history.Options, NullLogger<HistoryRetention>.Instance);
}
