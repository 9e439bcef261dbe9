using System.Buffers;
using System.Globalization;
using System.Text.Json;
using CsvHelper;
using DuckDB.NET.Data;
using Nexus.Monitoring.Api.History;
using Nexus.Monitoring.Api.History.Exports;
using Nexus.Monitoring.Api.History.Reading;
using Nexus.Monitoring.Api.History.Storage;
using Nexus.Monitoring.Api.Tests.Fixtures;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.Query;

namespace Nexus.Monitoring.Api.Tests.History;

/// <summary>Each export is read back by a program for its format that is not ours.</summary>
public sealed class ExportTests : IDisposable
{
    private const int Count = 3000;

    /// <summary>Of <see cref="HistoryExport"/>: parts that wait, the one being made, the one being sent, and what a row is longer than a part.</summary>
    private const int MostAhead = 11 * 64 * 1024;

    private static readonly string[] Awkward =
        ["=1+1", "+1", "-1", "@x", "a,\"b\"\nc", "plain", " padded ", "\tx", "ünïcode ✓", "'quoted'", "\r\nnew line", "semi;colon"];

    private readonly TemporaryHistory _history = new();

    public ExportTests() => _history.Write(Enumerable.Range(0, Count).Select(i => (new LogPosition((ulong)(1_700_000_000_000 + i), 0), Event(i))));

    public void Dispose() => _history.Dispose();

    [Fact]
    public async Task Csv_ReadByALibrary_HasEveryRowAndNoFormula()
    {
        using var csv = new CsvReader(new StreamReader(await WriteAsync(new CsvExport())), CultureInfo.InvariantCulture);
        var rows = csv.GetRecords<dynamic>().Cast<IDictionary<string, object>>().ToList();

        Assert.Equal(ExportRows.Names, rows[0].Keys);
        Assert.Equal(Count, rows.Count);
        for (var i = 0; i < Count; i++)
        {
            var (message, shown) = (Awkward[i % Awkward.Length], (string)rows[i]["message"]);
            Assert.Equal($"{1_700_000_000_000 + i}-0", rows[i]["cursor"]);
            Assert.Equal(message, shown.Length > 1 && shown[0] == '\'' && message[0] != '\'' ? shown[1..] : shown);
            Assert.DoesNotContain(shown[0], "=+-@\t\r\n");
        }
    }

    [Fact]
    public async Task Parquet_ReadByDuckDB_HasTypedColumns()
    {
        var file = Path.Combine(_history.Folder.FullName, "o'export.parquet");
        await Export().WriteParquetAsync(file, TestContext.Current.CancellationToken);

        using var duck = new DuckDBConnection(DuckDBConnectionStringBuilder.InMemoryConnectionString);
        duck.Open();
        var row = duck.With(TestContext.Current.CancellationToken).Rows(
            new SqlText().Add("SELECT count(*), min(ts), sum(duration_ms)::BIGINT, typeof(any_value(ts)), count(DISTINCT message), min(json) FROM read_parquet(")
                .Value(file).Add(")"),
            reader => (reader.GetInt64(0), reader.GetDateTime(1), reader.GetInt64(2), reader.GetString(3), reader.GetInt64(4), reader.GetString(5)))[0];

        Assert.Equal((Count, Event(0).Timestamp.UtcDateTime, (long)Count * (Count - 1) / 2, "TIMESTAMP", Awkward.Length), (row.Item1, row.Item2, row.Item3, row.Item4, row.Item5));
        Assert.True(EventJson.TryRead(System.Text.Encoding.UTF8.GetBytes(row.Item6), out _, out _));
    }

    [Fact]
    public async Task Parquet_LargerThanMemory_IsWrittenInOrder()
    {
        const int Batches = 20, Each = 3000;
        using var history = new TemporaryHistory(configure: options => (options.Threads, options.MemoryLimitMegabytes) = (4, 128));
        for (var batch = 0; batch < Batches; batch++)
        {
            history.Write(Enumerable.Range(batch * Each, Each).Select(i =>
                (new LogPosition((ulong)(1_700_000_000_000 + i), 0), Event(i) with { Message = $"{i} {new string('m', 1000)}" })));
        }

        var file = Path.Combine(history.Folder.FullName, "export.parquet");
        var export = new HistoryExport(history.History, EventQuery.All, TemporaryHistory.Everything, DateTimeOffset.UtcNow);
        await export.WriteParquetAsync(file, TestContext.Current.CancellationToken);

        using var duck = new DuckDBConnection(DuckDBConnectionStringBuilder.InMemoryConnectionString);
        duck.Open();
        var (rows, disordered) = duck.With(TestContext.Current.CancellationToken).Rows(
            new SqlText().Add("SELECT count(*), count(*) FILTER (ts < before) FROM (SELECT ts, lag(ts) OVER () AS before FROM read_parquet(")
                .Value(file).Add("))"),
            reader => (reader.GetInt64(0), reader.GetInt64(1)))[0];
        Assert.Equal((Batches * Each, 0), (rows, disordered));
    }

    /// <summary>What the trace event format asks of each kind of event; viewers pass over one that breaks it without a word.</summary>
    [Fact]
    public async Task Perfetto_EachEvent_IsAsTheTraceEventFormatAsks()
    {
        using var trace = await JsonDocument.ParseAsync(await WriteAsync(new PerfettoExport()), cancellationToken: TestContext.Current.CancellationToken);
        var events = trace.RootElement.GetProperty("traceEvents").EnumerateArray().ToList();
        var named = new HashSet<int>();

        Assert.Contains(trace.RootElement.GetProperty("displayTimeUnit").GetString(), new[] { "ms", "ns" });
        foreach (var e in events)
        {
            var process = e.GetProperty("pid").GetInt32();
            Assert.False(string.IsNullOrEmpty(e.GetProperty("name").GetString()));
            Assert.Equal(JsonValueKind.Object, e.GetProperty("args").ValueKind);
            switch (e.GetProperty("ph").GetString())
            {
                case "M":
                    Assert.True(named.Add(process));
                    Assert.Equal("process_name", e.GetProperty("name").GetString());
                    Assert.False(string.IsNullOrEmpty(e.GetProperty("args").GetProperty("name").GetString()));
                    break;
                case "X":
                    Assert.True(e.GetProperty("ts").GetInt64() > 0 && e.GetProperty("dur").GetInt64() >= 0 && e.GetProperty("tid").GetInt32() >= 0);
                    Assert.Contains(process, named);
                    break;
                case "i":
                    Assert.True(e.GetProperty("ts").GetInt64() > 0 && e.GetProperty("tid").GetInt32() >= 0);
                    Assert.Contains(e.GetProperty("s").GetString(), new[] { "g", "p", "t" });
                    break;
                default:
                    Assert.Fail($"{e}");
                    break;
            }
        }

        Assert.Equal((1, Count / 3, Count - (Count / 3)), (Number("M"), Number("X"), Number("i")));
        int Number(string kind) => events.Count(e => e.GetProperty("ph").GetString() == kind);
    }

    [Fact]
    public async Task Write_ClientIsSlow_ReadsNoFurtherAheadThanItsParts()
    {
        var output = new SlowStream();
        var format = new WatchedFormat(new JsonExport(false), () => output.Taken);

        var written = await Export().WriteAsync(format, output, TestContext.Current.CancellationToken);

        Assert.Equal((Count, format.Written), (written, output.Taken));
        Assert.True(format.Written > 3 * MostAhead, "the export is long enough to tell");
        Assert.InRange(format.FurthestAhead, 1, MostAhead);
    }

    [Fact]
    public async Task BeginExport_AsManyAsMayBe_OthersAreRefusedAndQuestionsAnswered()
    {
        using (_history.History.BeginExport())
        using (_history.History.BeginExport())
        {
            var refused = Assert.Throws<HistoryBusyException>(() => _history.History.BeginExport());
            Assert.Contains("2 exports are being sent", refused.Message, StringComparison.Ordinal);
            Assert.Equal(1000, (await _history.SearchAsync("")).Entries.Count);
        }

        _history.History.BeginExport().Dispose();
    }

    /// <summary>However many exports wait for their clients, everybody else is answered, and the database works on its file.</summary>
    [Fact]
    public async Task Write_ClientsThatDoNotRead_KeepNobodyWaiting()
    {
        List<StuckStream> clients = [.. Enumerable.Range(0, new HistoryOptions().ConcurrentQueries).Select(_ => new StuckStream())];
        var exports = clients.ConvertAll(client => Export().WriteAsync(new JsonExport(false), client, TestContext.Current.CancellationToken));
        await Task.WhenAll(clients.Select(client => client.IsStuckAsync));

        Assert.Equal(1000, (await _history.SearchAsync("")).Entries.Count);
        using (var writer = _history.Database.Connect())
        {
            writer.Execute("UPDATE progress SET head_ms = 1");
            await Eventually.IsTrueAsync(() => IsWorkedIn(writer), "the database works in what was written");
        }

        clients.ForEach(client => client.Read());
        foreach (var (export, client) in exports.Zip(clients))
        {
            Assert.Equal(Count, await export);
            var lines = System.Text.Encoding.UTF8.GetString(client.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(
                Enumerable.Range(0, Count).Select(i => $"{1_700_000_000_000 + i}-0"),
                lines.Select(line => JsonElement.Parse(line).GetProperty("cursor").GetString()));
        }
    }

    private static bool IsWorkedIn(DuckDBConnection connection)
    {
        try
        {
            connection.Execute("CHECKPOINT");
            return true;
        }
        catch (DuckDBException)
        {
            return false;
        }
    }

    private static MonitoringEvent Event(int i) =>
        Sample.Event(i % 3 == 0 ? EventTypes.TaskCompleted : EventTypes.TaskStarted, "atlas", $"t{i}") with
        {
            Timestamp = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000 + i),
            Message = Awkward[i % Awkward.Length],
            WorkerId = i % 5,
            DurationMs = i,
            Source = new string('s', 700),
        };

    private async Task<MemoryStream> WriteAsync(IExportFormat format)
    {
        var output = new MemoryStream();
        Assert.Equal(Count, await Export().WriteAsync(format, output, TestContext.Current.CancellationToken));
        output.Position = 0;
        return output;
    }

    private HistoryExport Export() => new(_history.History, EventQuery.All, TemporaryHistory.Everything, DateTimeOffset.UtcNow);

    private sealed class WatchedFormat(IExportFormat inner, Func<long> taken) : IExportFormat
    {
        public long Written { get; private set; }

        public long FurthestAhead { get; private set; }

        public void Begin(IBufferWriter<byte> output) => inner.Begin(output);

        public void Write(DuckDBDataReader row, IBufferWriter<byte> output)
        {
            var counted = new ArrayBufferWriter<byte>();
            inner.Write(row, counted);
            output.Write(counted.WrittenSpan);
            Written += counted.WrittenCount;
            FurthestAhead = Math.Max(FurthestAhead, Written - taken());
        }

        public void End(IBufferWriter<byte> output) => inner.End(output);
    }

    /// <summary>A client that takes nothing until it is told to.</summary>
    private sealed class StuckStream : MemoryStream
    {
        private readonly TaskCompletionSource _isStuck = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _isRead = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task IsStuckAsync => _isStuck.Task;

        public void Read() => _isRead.SetResult();

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            _isStuck.TrySetResult();
            await _isRead.Task.WaitAsync(cancellationToken);
            Write(buffer.Span);
        }
    }

    /// <summary>A client that takes longer for each part than the database for making it.</summary>
    private sealed class SlowStream : MemoryStream
    {
        private long _taken;

        public long Taken => Volatile.Read(ref _taken);

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Delay(10, cancellationToken);
            Volatile.Write(ref _taken, _taken + buffer.Length);
        }
    }
}
