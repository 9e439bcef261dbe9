using Nexus.Monitoring.Contracts.History;
using Nexus.Monitoring.Web.Charts;

namespace Nexus.Monitoring.Web.Trends;

/// <summary>A chart of the trends: what it is called, what the API is asked, and how the answer is drawn.</summary>
/// <param name="Name">As in an address.</param>
/// <param name="Title">Of its panel.</param>
/// <param name="Metric">Of <c>/api/stats/series</c>.</param>
/// <param name="Meta">What is drawn, in words; differs where there is a line for each of several.</param>
/// <param name="Empty">What brings it to life.</param>
/// <param name="Draw">Null when nothing was measured.</param>
internal sealed record TrendChartKind(
    string Name, string Title, string Metric, Func<TrendScope, string> Meta, string Empty,
    Func<SeriesAnswer, TrendScope, TrendPeriod, ChartModel?> Draw)
{
    public static IReadOnlyList<TrendChartKind> All { get; } =
    [
        new("events", "Events", "count", By("a second"), "every event", TrendCharts.Events),
        new("tasks", "Tasks", "tasks",
            scope => scope.By is null ? "ended attempts a minute, by outcome" : $"completed a minute, by {Word(scope)}",
            "task_completed, task_retry and task_failed", TrendCharts.Tasks),
        new("errors", "Error rate", "tasks", By("failed attempts of those that ended"), "task_completed, task_retry and task_failed",
            TrendCharts.Errors),
        new("queue", "Queue depth", "queue", _ => "all projects, by task type", "queue_depth_update",
            (answer, scope, period) => TrendCharts.Queue(answer, scope, period)),
        new("queue_priority", "Queue depth", "queue", _ => "all projects, by priority", "queue_depth_update",
            (answer, scope, period) => TrendCharts.Queue(answer, scope, period, byPriority: true)),
        new("run", "Run time", "run", Percentile, "attempts that tell how long they ran",
            (answer, scope, period) => TrendCharts.Times(answer, scope, period, "Run time")),
        new("wait", "Wait time", "wait", Percentile, "task_started after task_enqueued",
            (answer, scope, period) => TrendCharts.Times(answer, scope, period, "Wait time")),
    ];

    /// <exception cref="ArgumentOutOfRangeException">There is none of that name.</exception>
    public static TrendChartKind Of(string name) =>
        All.FirstOrDefault(kind => kind.Name == name) ?? throw new ArgumentOutOfRangeException(nameof(name), name,
            "There is no such chart.");

    /// <summary>Queues are reported for all projects together, and by their own names.</summary>
    public string Question(TrendScope scope, TrendPeriod period) => Metric == "queue"
        ? new TrendScope { Range = scope.Range, Session = scope.Session }.Question("api/stats/series", period, ("metric", Metric))
        : scope.Question("api/stats/series", period, ("metric", Metric), ("by", scope.By));

    private static Func<TrendScope, string> By(string what) => scope => scope.By is null ? what : $"{what}, by {Word(scope)}";

    private static string Percentile(TrendScope scope) => scope.By is null ? "p50 to p99" : $"p95 by {Word(scope)}";

    private static string Word(TrendScope scope) => scope.By!.Replace('_', ' ');
}
