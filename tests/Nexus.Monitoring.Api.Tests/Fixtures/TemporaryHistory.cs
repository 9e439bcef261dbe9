using Microsoft.Extensions.Options;
using Nexus.Monitoring.Api.History;
using Nexus.Monitoring.Api.History.Reading;
using Nexus.Monitoring.Api.History.Storage;
using Nexus.Monitoring.Api.History.Writing;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.Query;

namespace Nexus.Monitoring.Api.Tests.Fixtures;

/// <summary>A history in a real file of its own, filled without a log.</summary>
internal sealed class TemporaryHistory : IDisposable
{
    private readonly EntryEncoder _encoder = new();
    private WriterMemory _memory = new();

    public TemporaryHistory(TimeProvider? time = null, Action<HistoryOptions>? configure = null)
    {
        var options = new HistoryOptions { Path = Path.Combine(Folder.FullName, "events.duckdb"), Threads = 2, MemoryLimitMegabytes = 512 };
        configure?.Invoke(options);
        Options = Microsoft.Extensions.Options.Options.Create(options);
        Store = new HistoryStore(Options);
        Time = time ?? TimeProvider.System;
        Database = Store.Open();
        History = new DuckDbHistory(Store, State, Time, Options);
    }

    public DirectoryInfo Folder { get; } = Directory.CreateTempSubdirectory("nexus-history-");

    public IOptions<HistoryOptions> Options { get; }

    public TimeProvider Time { get; }

    public HistoryStore Store { get; }

    public HistoryState State { get; } = new();

    public HistoryDatabase Database { get; }

    public DuckDbHistory History { get; }

    public static HistoryRange Everything { get; } = new(LogPosition.Start, new LogPosition(100_000_000_000_000, 0));

    public void Write(IEnumerable<(LogPosition Position, MonitoringEvent Event)> events)
    {
        Write(LogPosition.Start, events.Select(one => _encoder.Encode(EventJson.ToUtf8(one.Event), one.Position, EventKeys.Of(one.Event))));
    }

    public void Write(params MonitoringEvent[] events) =>
        Write(events.Select(e => (new LogPosition((ulong)e.Timestamp.ToUnixTimeMilliseconds(), (ulong)Array.IndexOf(events, e)), e)));

    /// <summary>The writer knows no more than what the file tells, as after a restart.</summary>
    public void RestartWriter()
    {
        using var connection = Database.Connect();
        _memory = WriterMemory.From(connection);
    }

    /// <summary>Writes the minutes that are over at a time, as the writer does with each commit.</summary>
    public void CountMinutes(DateTimeOffset head)
    {
        Write(new LogPosition((ulong)head.ToUnixTimeMilliseconds(), 0), []);
    }

    /// <summary>A search ends after some milliseconds wherever it has come to; one that has found nothing goes on here, however slow the machine.</summary>
    public async Task<LogPage> SearchAsync(string query, HistoryRange? range = null, bool isBackwards = true, int limit = 1000)
    {
        Assert.True(EventQuery.TryParse(query, out var parsed, out var error), error?.ToString());
        var asked = range ?? Everything;
        var left = asked;
        while (true)
        {
            var page = await History.SearchAsync(parsed, left, isBackwards, limit, TestContext.Current.CancellationToken);
            left = isBackwards ? left with { Upto = page.After } : left with { After = page.Upto };
            if (page.Entries.Count > 0 || left.Upto <= left.After)
            {
                return isBackwards ? page with { Upto = asked.Upto } : page with { After = asked.After };
            }
        }
    }

    public void Dispose()
    {
        History.Dispose();
        Store.Dispose();
        Folder.Delete(recursive: true);
    }

    private void Write(LogPosition upto, IEnumerable<LogEntry> entries)
    {
        using var connection = Database.Connect();
        using var batch = new HistoryBatch(EventTables.Of(connection), _memory);
        foreach (var entry in entries)
        {
            batch.Add(entry);
        }

        batch.End(upto);
        batch.Commit(connection);
    }
}
