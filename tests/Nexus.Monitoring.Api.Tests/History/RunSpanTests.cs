using Nexus.Monitoring.Api.History.Profiles;
using Nexus.Monitoring.Api.History.Reading;
using Nexus.Monitoring.Api.Tests.Fixtures;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Query;

namespace Nexus.Monitoring.Api.Tests.History;

public sealed class RunSpanTests : IDisposable
{
    private static readonly DateTimeOffset Begin = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);

    private readonly TemporaryHistory _history = new();

    public void Dispose() => _history.Dispose();

    [Fact]
    public async Task Write_RunOverManyCommits_HasAHandfulOfSpansAndAWholeStory()
    {
        const int Commits = 120;
        for (var i = 0; i < Commits; i++)
        {
            _history.Write(Event(i, $"t{i}", "long"), Event(i, $"u{i}", i < Commits / 2 ? "first" : "second"));
            if (i == Commits / 3)
            {
                _history.RestartWriter();
            }
        }

        var spans = await CountAsync("SELECT count(*) FROM run_spans WHERE run_id = 'long'");
        var run = await _history.History.RunAsync("long", TestContext.Current.CancellationToken);

        Assert.InRange(spans, 2, 30);
        Assert.Equal(Commits, run!.State!.Tasks.Total);
    }

    [Theory]
    [InlineData("", "second")]
    [InlineData("run_id:second", null)]
    [InlineData("run_id:(second, nobody)", null)]
    public async Task Narrow_QuestionAboutARun_PassesOverTheRest(string query, string? run)
    {
        _history.Write(Event(0, "t1", "first"), Event(60, "t2", "second"), Event(61, "t3", "second"), Event(500, "t4", "third"));
        Assert.True(EventQuery.TryParse(query, out var parsed, out _));
        var scope = new ProfileScope(DateTimeOffset.UnixEpoch, Begin.AddDays(1), parsed, Begin, run);

        var narrow = await _history.History.AskAsync(
            (connection, cancel) => scope.Narrow(connection.With(cancel)).Where(new SqlText()).Parameters.Take(2)
                .Select(bound => DateTimeOffset.FromUnixTimeMilliseconds((long)bound.Value!)).ToList(),
            TestContext.Current.CancellationToken);
        var errors = await _history.History.ErrorsAsync(scope, 10, TestContext.Current.CancellationToken);

        Assert.Equal(Begin.AddMinutes(60), narrow[0]);
        Assert.InRange(narrow[1], Begin.AddMinutes(61), Begin.AddMinutes(70));
        Assert.Equal(2, Assert.Single(errors).Count);
    }

    private static MonitoringEvent Event(int minute, string task, string run) =>
        Sample.Event(EventTypes.TaskFailed, "atlas", task, run) with { Timestamp = Begin.AddMinutes(minute), Error = "broken" };

    private Task<long> CountAsync(string sql) => _history.History.AskAsync(
        (connection, cancel) => connection.With(cancel).Rows(new SqlText().Add(sql), row => row.GetInt64(0))[0],
        TestContext.Current.CancellationToken);
}
