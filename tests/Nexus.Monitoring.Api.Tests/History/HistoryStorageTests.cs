using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Nexus.Monitoring.Api.History;
using Nexus.Monitoring.Api.History.Storage;
using Nexus.Monitoring.Api.History.Writing;
using Nexus.Monitoring.Api.Tests.Fixtures;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;

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

    [Fact]
    public void MemoryLimit_IsTheDatabases()
    {
        using var history = new TemporaryHistory();
        using var connection = history.Database.Connect();

        Assert.Equal("256.0 MiB", connection.Scalar("SELECT current_setting('memory_limit')"));
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

    private static (LogPosition, MonitoringEvent) At(DateTimeOffset at) =>
        (LogPosition.At(at), Sample.Event(EventTypes.TaskCompleted) with { Timestamp = at, Message = Guid.NewGuid().ToString() });

    private static HistoryRetention Retention(TemporaryHistory history) =>
        new(history.Store, history.State, history.Time, history.Options, NullLogger<HistoryRetention>.Instance);
}
