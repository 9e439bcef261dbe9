using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Nexus.Monitoring.Api.History;
using Nexus.Monitoring.Api.History.Reading;
using Nexus.Monitoring.Api.History.Storage;
using Nexus.Monitoring.Api.Log;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Api.Tests.Fixtures;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Tests.History;

/// <summary>Cursors that the log no longer reaches back to.</summary>
public sealed class HistoryResumeTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nexus-resume-");

    private string HistoryFile => Path.Combine(_folder.FullName, "events.duckdb");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Stream_CursorBeforeAGapOfTheHistory_IsToldTheGapAndGoesOn()
    {
        var log = new MemoryLog();
        IReadOnlyList<LogPosition> first;
        await using (var before = await StartAsync(log))
        {
            first = log.Append(20);
            await IsStoredAsync(before);
        }

        log.Append(30);
        log.TrimTo(10);
        var kept = log.Positions;
        await using var api = await StartAsync(log);
        await IsStoredAsync(api);
        var last = log.Append(100);
        await IsStoredAsync(api);
        log.TrimTo(5);

        await using var client = await api.ConnectAsync($"?cursor={first[4]}");
        await using var within = await api.ConnectAsync($"?cursor={first[^1]}");

        Assert.Equal(first.Skip(5), await client.ReceivesEventsAsync(15));
        await GoesOnAfterTheGapAsync(client);
        await GoesOnAfterTheGapAsync(within);

        async Task GoesOnAfterTheGapAsync(StreamClient one)
        {
            var gap = await one.ReceivesAsync("gap");
            Assert.Equal((first[^1].ToString(), kept[0].Previous().ToString(), "retention"),
                (gap.GetProperty("after").GetString(), gap.GetProperty("upto").GetString(), gap.GetProperty("reason").GetString()));
            Assert.Equal([.. kept, .. last], await one.ReceivesEventsAsync(110));
        }
    }

    [Fact]
    public async Task Stream_WhileHistoryOpens_WaitsInsteadOfTellingAGap()
    {
        var log = new MemoryLog();
        IReadOnlyList<LogPosition> positions;
        await using (var before = await StartAsync(log))
        {
            positions = log.Append(100);
            await IsStoredAsync(before);
        }

        log.TrimTo(5);
        var aside = HistoryFile + ".aside";
        File.Move(HistoryFile, aside);
        await File.WriteAllTextAsync(HistoryFile, new string('x', 100_000), TestContext.Current.CancellationToken);
        await using var api = await StartAsync(log);
        await Eventually.IsTrueAsync(
            () => api.Services.GetRequiredService<HistoryState>().Problem?.Contains("is damaged", StringComparison.Ordinal) == true, "history is red");
        var asked = log.Reads;
        await using var client = await api.ConnectAsync($"?cursor={positions[9]}");
        var receiving = client.ReceivesEventsAsync(90);
        await Eventually.IsTrueAsync(() => log.Reads > asked + 2, "the log was asked, which no longer has what follows");

        File.Move(aside, HistoryFile, overwrite: true);

        Assert.Equal(positions.Skip(10), await receiving);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Read_HistoryDoesNotAnswer_IsAGapOnlyWhenThatDoesNotPass(bool passes)
    {
        var time = new FakeTimeProvider();
        var state = new HistoryState(time);
        state.Set(new LogPosition(1, 0), new LogPosition(1_000, 0));
        state.SetProblem("The disk is full.");
        time.Advance(passes ? TimeSpan.FromSeconds(5) : TimeSpan.FromMinutes(1));
        var options = Options.Create(new HistoryOptions());
        using var store = new HistoryStore(options);
        using var closed = new DuckDbHistory(store, state, time, options);
        var older = Older(closed, state);

        var reading = older.ReadAsync(new LogPosition(500, 0), new LogPosition(MemoryLog.FirstMillisecond, 0), 10, isForeign: false, TestContext.Current.CancellationToken);

        if (passes)
        {
            var away = await Assert.ThrowsAsync<LogAwayException>(() => reading);
            Assert.Contains("is in the history, which does not answer yet", away.Message, StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal(Continuity.Trimmed, (await reading).Continuity);
        }
    }

    /// <summary>The floor is that of the moment in which the events were looked for, not what was known before that.</summary>
    [Fact]
    public async Task Read_EventsWereDeletedWhileTheQuestionWaited_IsAGap()
    {
        using var history = new TemporaryHistory();
        history.Write([(new(9_000, 0), Sample.Event())]);
        using (var connection = history.Database.Connect())
        {
            connection.Execute("UPDATE retention SET floor_ms = 5000");
            connection.Execute("UPDATE progress SET head_ms = 9000");
        }

        history.State.Set(new LogPosition(1, 0), new LogPosition(9_000, 0));
        var older = Older(history.History, history.State);

        var slice = await older.ReadAsync(
            new LogPosition(500, 0), new LogPosition(MemoryLog.FirstMillisecond, 0), 10, isForeign: false, TestContext.Current.CancellationToken);

        Assert.Equal((Continuity.Trimmed, new LogPosition(5_000, 0)), (slice.Continuity, slice.Upto));
    }

    [Fact]
    public async Task TaskAndRun_HistoryIsRed_AreToldAsTheLiveStateKnowsThem()
    {
        await File.WriteAllTextAsync(HistoryFile, new string('x', 100_000), TestContext.Current.CancellationToken);
        await using var api = await StartAsync(new MemoryLog());
        await Eventually.IsTrueAsync(
            () => api.Services.GetRequiredService<HistoryState>().Problem?.Contains("is damaged", StringComparison.Ordinal) == true, "history is red");
        api.Log.Append(Sample.Event(EventTypes.RunStarted, "atlas", "r1"));
        await api.FoldsAsync(api.Log.Append(Sample.Event(EventTypes.TaskStarted, "atlas", "t1", "r1")));

        foreach (var path in new[] { "/api/tasks/t1", "/api/runs/r1" })
        {
            var known = await api.Http.GetFromJsonAsync<JsonElement>(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal("processing", known.GetProperty("status").GetString());
            Assert.False(known.GetProperty("is_complete").GetBoolean());
            Assert.Contains("is damaged; move it away", known.GetProperty("problem").GetString(), StringComparison.Ordinal);
        }

        using var unknown = await api.Http.GetAsync(new Uri("/api/tasks/other", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, unknown.StatusCode);
    }

    private static OlderHistory Older(IEventHistory history, HistoryState state)
    {
        var log = new MemoryLog();
        log.Append(10);
        log.TrimTo(5);
        var options = Options.Create(new MonitoringApiOptions());
        return new OlderHistory(
            new OlderEntries(log, new EntryDecoder(options), options), history, state,
            Options.Create(new HistoryOptions { Path = "events.duckdb" }));
    }

    private static Task IsStoredAsync(ApiHost api) => Eventually.IsTrueAsync(
        () => api.Services.GetRequiredService<HistoryState>() is { Problem: null } state && state.Head >= api.Log.Positions[^1],
        "history has come to the end of the log");

    private Task<ApiHost> StartAsync(MemoryLog log) => ApiHost.StartAsync(
        log, ("Monitoring:History:Path", HistoryFile), ("Monitoring:History:CommitInterval", "00:00:00.020"),
        ("Monitoring:History:MaxAge", "00:00:00"), ("Monitoring:RingEvents", "16"));
}
