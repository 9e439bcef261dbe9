using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Nexus.Monitoring.Api.History;
using Nexus.Monitoring.Api.History.Reading;
using Nexus.Monitoring.Api.History.Sessions;
using Nexus.Monitoring.Api.History.Storage;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Api.Tests.Fixtures;
using Nexus.Monitoring.Contracts.Query;

namespace Nexus.Monitoring.Api.Tests.History;

/// <summary>Imported sessions and their files.</summary>
public sealed class HistorySessionTests : IDisposable
{
    private readonly TemporaryHistory _history = new();
    private readonly HistorySessions _sessions;

    public HistorySessionTests() => _sessions = new HistorySessions(_history.State, _history.History, _history.Time, _history.Options);

    public void Dispose()
    {
        _sessions.Dispose();
        _history.Dispose();
    }

    [Fact]
    public async Task RemoveLeftovers_OfAKilledProcess_LeavesSessionsAndWhatIsBeingMade()
    {
        var session = (await ImportAsync(3)).Session;
        var own = _sessions.NewPart();
        await File.WriteAllTextAsync(own, "", TestContext.Current.CancellationToken);
        foreach (var name in new[] { "a.dead.part", "a.dead.part.wal" })
        {
            await File.WriteAllTextAsync(Path.Combine(_sessions.Folder, name), "", TestContext.Current.CancellationToken);
        }

        await File.WriteAllTextAsync(
            Path.Combine(Directory.CreateDirectory(Path.Combine(_sessions.Folder, "a.dead.part.tmp")).FullName, "x"), "",
            TestContext.Current.CancellationToken);

        _sessions.RemoveLeftovers();

        Assert.Equal(
            new[] { own, _sessions.PathOf(session) }.Order(), Directory.EnumerateFileSystemEntries(_sessions.Folder).Order());
    }

    /// <summary>Until all of it is there, it is no session; what is killed half way never becomes one.</summary>
    [Fact]
    public async Task Import_BodyBreaksOff_LeavesNothing()
    {
        var seen = -1;
        var body = new BrokenStream(Lines(200_000), () => seen = Math.Max(seen, _sessions.List().Count));

        await Assert.ThrowsAsync<EndOfStreamException>(() =>
            new HistoryImport(_sessions, _history.Options.Value).ReadLinesAsync(body, TestContext.Current.CancellationToken));

        Assert.Equal(0, seen);
        Assert.Empty(_sessions.List());
        Assert.Empty(Directory.EnumerateFileSystemEntries(_sessions.Folder));
    }

    [Theory]
    [InlineData("18446744073709551615-1")]
    [InlineData("9223372036854775808-0")]
    [InlineData("1700000000000-18446744073709551615")]
    public async Task Import_PositionThatNoColumnHolds_IsRejected(string cursor)
    {
        var answer = await ImportAsync(
            $$"""{"event_id":"a","ts":"2026-11-23T12:00:00Z","event_type":"x","cursor":"{{cursor}}"}""" + "\n" + Line(1));

        Assert.Equal((1, 1), (answer.Imported, answer.Rejected));
        Assert.StartsWith($"Event 1: cursor is {cursor}; a position up to", Assert.Single(answer.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task BeginImport_AsManySessionsAsMayBe_IsRefused()
    {
        _history.Options.Value.MaxSessions = 1;
        await ImportAsync(1);

        var full = Assert.Throws<SessionsFullException>(_sessions.BeginImport);

        Assert.Contains("There are 1 imported sessions, as many as may be (Monitoring:History:MaxSessions)", full.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_SessionsBecomeTooLarge_IsRefusedAndLeavesNothing()
    {
        _history.Options.Value.MaxSessionsBytes = 1;

        await Assert.ThrowsAsync<SessionsFullException>(() => ImportAsync(60_000));

        Assert.Empty(Directory.EnumerateFileSystemEntries(_sessions.Folder));
    }

    [Fact]
    public void BeginImport_AnotherIsUnderWay_IsToldToComeAgain()
    {
        using (_sessions.BeginImport())
        {
            Assert.Throws<HistoryBusyException>(_sessions.BeginImport);
        }

        _sessions.BeginImport().Dispose();
    }

    /// <summary>However many there are, they share one stated memory.</summary>
    [Fact]
    public async Task Find_MoreThanMayBeOpen_ClosesTheOneAskedLongestAgo()
    {
        for (var i = 0; i <= HistorySessions.MaxOpen; i++)
        {
            var session = (await ImportAsync(i + 1)).Session;
            Assert.Equal(i + 1, (await SearchAsync(session)).Count);
        }

        foreach (var session in _sessions.List())
        {
            Assert.NotEmpty(await SearchAsync(session.Session));
        }

        var open = (DuckDbHistory)_sessions.Find(_sessions.List()[0].Session)!.History;
        Assert.Equal(
            "128.0 MiB",
            await open.AskAsync(
                (connection, _) => (string)connection.Scalar("SELECT current_setting('memory_limit')")!, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("application/x-ndjson")]
    [InlineData("application/vnd.apache.parquet")]
    public async Task Post_DiskIsFull_SaysSo(string contentType)
    {
        using var disk = SmallDisk.TryCreate(32);
        Assert.SkipUnless(disk is not null, SmallDisk.WhyMissing);
        await using var api = await ApiHost.StartAsync(null, ("Monitoring:History:Path", Path.Combine(disk.Path, "events.duckdb")));
        disk.Fill();
        using var body = new ByteArrayContent(Lines(1000));
        body.Headers.ContentType = new(contentType);

        using var answer = await api.Http.PostAsync(new Uri("/api/import", UriKind.Relative), body, TestContext.Current.CancellationToken);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.InsufficientStorage, answer.StatusCode);
        Assert.Contains("is full; nothing of the import is kept", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    private static byte[] Lines(int count) => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, count).Select(Line)));

    private static string Line(int i) =>
        $$"""{"event_id":"{{i}}","ts":"2026-11-23T12:00:00Z","event_type":"x","cursor":"{{1_700_000_000_000 + i}}-0"}""" + "\n";

    private Task<ImportAnswer> ImportAsync(int count) => ImportAsync(Encoding.UTF8.GetString(Lines(count)));

    private async Task<ImportAnswer> ImportAsync(string lines)
    {
        using var body = new MemoryStream(Encoding.UTF8.GetBytes(lines));
        return await new HistoryImport(_sessions, _history.Options.Value).ReadLinesAsync(body, TestContext.Current.CancellationToken);
    }

    private async Task<IReadOnlyList<LogEntry>> SearchAsync(string session) =>
        (await _sessions.Find(session)!.History.SearchAsync(
            EventQuery.All, new HistoryRange(new(1_699_999_999_999, 0), new(1_700_000_100_000, 0)), true, 1000, TestContext.Current.CancellationToken)).Entries;

    private sealed class BrokenStream(byte[] body, Action watch) : MemoryStream(body)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            watch();
            return Position == Length ? throw new EndOfStreamException() : base.ReadAsync(buffer, cancellationToken);
        }
    }
}
