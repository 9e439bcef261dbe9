using System.Text.Json;
using Nexus.Monitoring.Api.History.Profiles;
using Nexus.Monitoring.Api.History.Series;
using Nexus.Monitoring.Api.Tests.Fixtures;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.History;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.Query;

namespace Nexus.Monitoring.Api.Tests.History;

/// <summary>Minutes that are counted already give the same answers as the events themselves; percentiles within their classes.</summary>
public sealed class MinuteCountsTests : IDisposable
{
    private const double Tolerance = 0.05;

    private static readonly DateTimeOffset Begin = new(2026, 11, 23, 10, 0, 20, TimeSpan.Zero);

    private readonly TemporaryHistory _history = new();

    public MinuteCountsTests()
    {
        var random = new Random(7);
        var events = Enumerable.Range(0, 6000).Select(i => Event(i, random)).ToList();
        _history.Write(events.Take(2_500));
        _history.CountMinutes(events[2_499].Position.Time);
        _history.RestartWriter();
        _history.Write(events.Skip(2_500));
        _history.CountMinutes(Begin.AddMinutes(75));
    }

    public void Dispose() => _history.Dispose();

    [Theory]
    [InlineData("count", null)]
    [InlineData("count", "event_type")]
    [InlineData("tasks", "project")]
    public async Task Series_Counts_AreTheSame(string metric, string? by)
    {
        var (minutes, events) = (await SeriesAsync(metric, by, Scope()), await SeriesAsync(metric, by, Scope("NOT task_id:nobody")));

        Assert.Equal(Flat(events), Flat(minutes));
        Assert.True(minutes.Series.Sum(line => line.Points.Sum(point => point.Count)) > 3000);
    }

    [Theory]
    [InlineData("run", null)]
    [InlineData("run", "task_type")]
    [InlineData("wait", "phase")]
    public async Task Series_Percentiles_AreClose(string metric, string? by)
    {
        var (minutes, events) = (await SeriesAsync(metric, by, Scope()), await SeriesAsync(metric, by, Scope("NOT task_id:nobody")));

        Assert.Equal(events.Series.Select(line => line.Key), minutes.Series.Select(line => line.Key));
        Assert.All(events.Series.Zip(minutes.Series).SelectMany(line => line.First.Points.Zip(line.Second.Points)), point =>
        {
            Assert.Equal((point.First.At, point.First.Count, point.First.Max), (point.Second.At, point.Second.Count, point.Second.Max));
            AssertClose(point.First.P50, point.Second.P50);
            AssertClose(point.First.P90, point.Second.P90);
            AssertClose(point.First.P99, point.Second.P99);
        });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Heatmap_IsTheSame_AndHoldsWhatTheSeriesCount(bool isWait)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var minutes = await _history.History.HeatmapAsync(Scope(), isWait, 120_000, cancellation);
        var events = await _history.History.HeatmapAsync(Scope("NOT task_id:nobody"), isWait, 120_000, cancellation);
        var series = await SeriesAsync(isWait ? "wait" : "run", null, Scope());

        Assert.Equal(events.Classes, minutes.Classes);
        Assert.Equal(events.Columns.SelectMany(column => column.Counts), minutes.Columns.SelectMany(column => column.Counts));
        Assert.Equal(series.Series[0].Points.Select(point => (point.At, point.Count!.Value)), minutes.Columns.Select(column => (column.At, column.Counts.Sum())));
        Assert.True(minutes.Classes[^1].FromMs <= series.Series[0].Points.Max(point => point.Max), "the longest lies in the last class");
        Assert.True(minutes.Classes[^1].ToMs > series.Series[0].Points.Max(point => point.Max), "the longest lies in the last class");
    }

    [Theory]
    [InlineData("task_type", false)]
    [InlineData("worker", false)]
    [InlineData("project", true)]
    public async Task Durations_AreClose(string by, bool isWait)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var minutes = (await _history.History.DurationsAsync(Scope(), by, isWait, cancellation)).ToDictionary(profile => profile.Key ?? "");
        var events = await _history.History.DurationsAsync(Scope("NOT task_id:nobody"), by, isWait, cancellation);

        Assert.Equal(events.Count, minutes.Count);
        Assert.All(events, exact =>
        {
            var close = minutes[exact.Key ?? ""];
            Assert.Equal((exact.Count, exact.Max, Math.Round(exact.Average, 6)), (close.Count, close.Max, Math.Round(close.Average, 6)));
            AssertClose(exact.P50, close.P50);
            AssertClose(exact.P95, close.P95);
        });
    }

    [Theory]
    [InlineData("", 40)]
    [InlineData("", 1)]
    [InlineData("NOT task_id:nobody", 40)]
    [InlineData("NOT task_id:nobody", 1000)]
    public async Task Density_IsWhatTheSeriesCounts(string query, int buckets)
    {
        var scope = Scope(query);
        var density = await _history.History.DensityAsync(scope, buckets, TestContext.Current.CancellationToken);

        Assert.True(density.Events.Count <= buckets + 1);
        var random = new Random(1);
        var events = Enumerable.Range(0, 6000).Select(i => Event(i, random))
            .Where(one => one.Event.Timestamp >= scope.From && one.Event.Timestamp <= scope.To).ToList();
        var counted = events.CountBy(one => (int)((one.Event.Timestamp - density.From).TotalMilliseconds / density.BucketMs)).ToDictionary();
        Assert.Equal(counted, density.Events.Index().Where(one => one.Item > 0).ToDictionary(one => one.Index, one => (int)one.Item));
        Assert.Equal(events.Count(one => one.Event.EventType == EventTypes.TaskFailed), density.Failures.Sum());
    }

    [Fact]
    public async Task Workers_AreTheSame()
    {
        var minutes = await _history.History.WorkersAsync(Scope(), TestContext.Current.CancellationToken);
        var events = await _history.History.WorkersAsync(Scope("NOT task_id:nobody"), TestContext.Current.CancellationToken);

        Assert.Equal(events, minutes);
        Assert.True(events[0].BusyMs > 0, "Workers were at work.");
    }

    /// <summary>Three hours of work that end in the period, which is one, are an hour of it.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("NOT task_id:nobody")]
    public async Task Workers_AttemptThatBeganBeforeThePeriod_CountsOnlyWithinIt(string query)
    {
        const int Worker = 77;
        using var history = new TemporaryHistory();
        foreach (var (minute, ran) in new[] { (61, 0), (90, 180), (110, 5), (119, 180) })
        {
            var at = Begin.AddMinutes(minute);
            history.Write(new MonitoringEvent
            {
                EventId = $"w{minute}", Timestamp = at, EventType = EventTypes.TaskCompleted, TaskId = $"w{minute}", WorkerId = Worker,
                DurationMs = ran > 0 ? ran * 60_000 : null,
            });
        }

        history.CountMinutes(Begin.AddMinutes(118));
        var hour = Scope(query) with { From = Begin.AddMinutes(60), To = Begin.AddMinutes(120) };

        var use = Assert.Single(await history.History.WorkersAsync(hour, TestContext.Current.CancellationToken));

        Assert.Equal((4, (30 + 5 + 59) * 60_000), (use.Completed, use.BusyMs));
    }

    [Theory]
    [InlineData("count", null, "project_id:atlas")]
    [InlineData("count", "event_type", "task_type:search project_id:(atlas, radar)")]
    [InlineData("tasks", "project", "NOT project_id:atlas phase:gather")]
    [InlineData("tasks", "task_type", "event_type:task_failed OR project_id:radar")]
    public async Task Series_CountsOfWhatMinutesAreCountedBy_AreTheSame(string metric, string? by, string query)
    {
        var minutes = await SeriesAsync(metric, by, Scope(query));
        var events = await SeriesAsync(metric, by, Scope($"({query}) NOT task_id:nobody"));

        Assert.Equal(Flat(events), Flat(minutes));
        Assert.NotEmpty(minutes.Series);
    }

    /// <summary>A percentile that is not exact tells that minutes were added up.</summary>
    [Theory]
    [InlineData("run", null, "project_id:atlas", true)]
    [InlineData("run", "task_type", "task_type:search", true)]
    [InlineData("wait", "phase", "task_type:search phase:gather", true)]
    [InlineData("run", "worker", "worker_id:>2", true)]
    [InlineData("run", "task_type", "project_id:atlas", false)]
    [InlineData("wait", "phase", "project_id:atlas", false)]
    [InlineData("wait", null, "project_id:radar NOT task_type:report", false)]
    [InlineData("wait", "worker", "project_id:radar", false)]
    [InlineData("wait", "project", "run_id:r1", false)]
    [InlineData("run", null, "event_type:task_failed", false)]
    public async Task Series_TimesOfWhatMinutesAreCountedBy_AreClose(string metric, string? by, string query, bool isByMinute)
    {
        var minutes = await SeriesAsync(metric, by, Scope(query));
        var events = await SeriesAsync(metric, by, Scope($"({query}) NOT task_id:nobody"));

        Assert.Equal(Totals(events), Totals(minutes));
        Assert.All(events.Series.Zip(minutes.Series).SelectMany(line => line.First.Points.Zip(line.Second.Points)), point =>
            AssertClose(point.First.P95, point.Second.P95));
        Assert.Equal(isByMinute, !Flat(events).SequenceEqual(Flat(minutes)));
    }

    [Fact]
    public async Task Compare_FailureOfAKindWithoutTasks_IsTold()
    {
        var at = Begin.AddMinutes(80);
        _history.Write(new MonitoringEvent
        {
            EventId = "p", Timestamp = at, EventType = EventTypes.PhaseFailed, ParentTaskId = "r1", Phase = "publish", Error = "disk full",
        });
        var before = Scope() with { To = Begin.AddMinutes(40) };
        var after = Scope() with { From = Begin.AddMinutes(40) };

        var compared = await _history.History.CompareAsync(before, after, TestContext.Current.CancellationToken);

        var phase = Assert.Single(compared, one => one.Phase == "publish");
        Assert.Equal(["disk full"], phase.NewErrors);
        Assert.Equal((null, 0L), (phase.Before?.Attempts, phase.After!.Attempts));
    }

    /// <summary>What the narrow tables answer is what all events answer, which the second way of asking makes necessary.</summary>
    [Theory]
    [InlineData("project_id:atlas")]
    [InlineData("worker_id:3 phase:gather")]
    public async Task CompareAndErrors_OfSome_AreTheSame(string query)
    {
        var cancellation = TestContext.Current.CancellationToken;
        Assert.NotEmpty(await _history.History.ErrorsAsync(Scope(query), 100, cancellation));
        var (narrow, wide) = (Scope(query), Scope($"({query}) NOT task_id:nobody"));
        async Task<IEnumerable<string>> CompareAsync(ProfileScope scope) =>
            (await _history.History.CompareAsync(scope with { To = Begin.AddMinutes(10) }, scope with { From = Begin.AddMinutes(10) }, cancellation))
            .Select(Json).Order(StringComparer.Ordinal);

        Assert.Equal(await CompareAsync(wide), await CompareAsync(narrow));
        Assert.Equal(
            (await _history.History.ErrorsAsync(wide, 100, cancellation)).Select(Json),
            (await _history.History.ErrorsAsync(narrow, 100, cancellation)).Select(Json));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(10_000)]
    public async Task Slowest_AreTheSame(int limit)
    {
        var minutes = await _history.History.SlowestAsync(Scope(), limit, TestContext.Current.CancellationToken);
        var events = await _history.History.SlowestAsync(Scope("NOT task_id:nobody"), limit, TestContext.Current.CancellationToken);

        Assert.Equal(events, minutes);
    }

    private static (LogPosition Position, MonitoringEvent Event) Event(int i, Random random)
    {
        var at = Begin.AddMilliseconds((i * 900) + (i % 4 == 1 ? i * 37 % 800 : 0));
        var type = (i % 4) switch { 0 => EventTypes.TaskEnqueued, 1 => EventTypes.TaskStarted, 2 => EventTypes.TaskCompleted, _ =>
            EventTypes.TaskFailed };
        return (new LogPosition((ulong)at.ToUnixTimeMilliseconds(), 0), new MonitoringEvent
        {
            EventId = $"e{i}",
            Timestamp = at,
            EventType = type,
            TaskId = $"t{i / 4}",
            ParentTaskId = "r1",
            ProjectId = (i / 4 % 3) switch { 0 => null, 1 => "atlas", _ => "radar" },
            TaskType = i / 4 % 2 == 0 ? "search" : "report",
            Phase = "gather",
            WorkerId = type == EventTypes.TaskEnqueued ? null : i / 4 % 5,
            DurationMs = i % 4 >= 2 ? (long)Math.Exp(random.NextDouble() * 12) : null,
            Error = type == EventTypes.TaskFailed ? "HTTP 503" : null,
        });
    }

    /// <summary>Neither end falls on a minute, and the last minutes are not counted yet.</summary>
    private static ProfileScope Scope(string query = "")
    {
        Assert.True(EventQuery.TryParse(query, out var parsed, out _));
        return new ProfileScope(Begin.AddSeconds(95), Begin.AddMinutes(82), parsed, Begin);
    }

    private static string Json<T>(T answer) => JsonSerializer.Serialize(answer);

    private static IEnumerable<(string?, SeriesPoint)> Flat(SeriesAnswer answer) =>
        answer.Series.SelectMany(line => line.Points, (line, point) => (line.Key, point)).OrderBy(one => one.Key,
            StringComparer.Ordinal).ThenBy(one => one.point.At);

    private static IEnumerable<(string?, DateTimeOffset, long?, double?)> Totals(SeriesAnswer answer) =>
        Flat(answer).Select(one => (one.Item1, one.Item2.At, one.Item2.Count, one.Item2.Max));

    private static void AssertClose(double? exact, double? close) =>
        Assert.True(Math.Abs(exact!.Value - close!.Value) <= Tolerance * exact.Value + 0.5, $"{close} is not close to {exact}");

    private Task<SeriesAnswer> SeriesAsync(string metric, string? by, ProfileScope scope) =>
        _history.History.SeriesAsync(new SeriesQuestion(scope, metric, by, 120_000), TestContext.Current.CancellationToken);
}
