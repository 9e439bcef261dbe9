using System.Text.Json.Serialization.Metadata;
using Nexus.Monitoring.Api.History;
using Nexus.Monitoring.Api.History.Profiles;
using Nexus.Monitoring.Api.History.Reading;
using Nexus.Monitoring.Api.History.Series;
using Nexus.Monitoring.Api.Http.Lists;
using Nexus.Monitoring.Api.Problems;
using Nexus.Monitoring.Api.Queries;
using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.History;
using Nexus.Monitoring.Contracts.Json;

namespace Nexus.Monitoring.Api.Http.Stats;

/// <summary>Trends and profiles over any period of the history.</summary>
internal static class StatsEndpoints
{
    private const string By = "by";
    private const string Metric = "metric";
    private const string Bucket = "bucket_ms";
    private const string Buckets = "buckets";
    private const string Kind = "kind";
    private const string Before = "_before";
    private const int MaxPoints = 10_000;

    private static readonly string[] Kinds = ["run", "wait"];

    private static readonly string[] NeverOfQueues =
        [HistoryParameters.Run, FilterParameters.TaskId, FilterParameters.EventTypes, FilterParameters.Types];

    public static void MapStats(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/api/stats").WithTags("History")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .ProducesProblem(StatusCodes.Status504GatewayTimeout);
        QueryParameter run = new(HistoryParameters.Run, "Only of this run.");
        group.MapGet("/series", SeriesAsync)
            .WithName("GetSeries")
            .WithSummary("Counts, rates, error rates, waiting time, running time or queue depth over time.")
            .WithQuery([
                .. HistoryParameters.All, run,
                new(Metric,
                    "count (events and their rate, when absent), tasks (by what happened to them, and their error rate), wait (percentiles of the time "
                    + "in the queue), run (percentiles of the time at work) or queue (tasks that wait)."),
                new(By, $"A line for each {string.Join(", ", ProfileScope.Dimensions)}; one line when absent. Queues have a line each, and only project_id is known of them."),
                new(Bucket, $"Width of a point in milliseconds; chosen so that there are at most {SeriesQuestion.MaxPoints} when absent.",
                    QueryParameterType.Integer),
            ])
            .Produces<SeriesAnswer>();
        group.MapGet("/heatmap", HeatmapAsync)
            .WithName("GetHeatmap")
            .WithSummary("How many attempts ran or waited how long, over time; classes of durations grow with them.")
            .WithQuery([
                .. HistoryParameters.All, run,
                new(Kind, "run (time at work, the default) or wait (time in the queue)."),
                new(Bucket, $"Width of a column in milliseconds; chosen so that there are at most {SeriesQuestion.MaxPoints} when absent.",
                    QueryParameterType.Integer),
            ])
            .Produces<HeatmapAnswer>();
        group.MapGet("/density", DensityAsync)
            .WithName("GetDensity")
            .WithSummary("Events and failures over time, for a time bar.")
            .WithQuery([
                .. HistoryParameters.All, run,
                new(Buckets, $"Most buckets, 1 to {EventDensity.MaxBuckets}; 100 when absent.", QueryParameterType.Integer),
            ])
            .Produces<DensityAnswer>();
        group.MapGet("/durations", DurationsAsync)
            .WithName("GetDurations")
            .WithSummary("Percentiles of how long attempts ran or waited, the slowest first.")
            .WithQuery([
                .. HistoryParameters.All, run,
                new(By, $"One of {string.Join(", ", ProfileScope.Dimensions)}; task_type when absent."),
                new(Kind, "run (time at work, the default) or wait (time in the queue)."),
            ])
            .Produces<IReadOnlyList<DurationProfile>>();
        group.MapGet("/slowest", SlowestAsync)
            .WithName("GetSlowest")
            .WithSummary("The attempts that ran longest.")
            .WithQuery([.. HistoryParameters.All, run, new(PageWriter.LimitParameter, "1 to 1000; 100 when absent.",
                QueryParameterType.Integer)])
            .Produces<IReadOnlyList<SlowAttempt>>();
        group.MapGet("/workers", WorkersAsync)
            .WithName("GetWorkerUse")
            .WithSummary("What each worker did, and how much of the time it was at work.")
            .WithQuery([.. HistoryParameters.All, run])
            .Produces<IReadOnlyList<WorkerUse>>();
        group.MapGet("/errors", ErrorsAsync)
            .WithName("GetErrorGroups")
            .WithSummary("Failures that are alike, the most frequent first.")
            .WithQuery([.. HistoryParameters.All, run, new(PageWriter.LimitParameter, "1 to 1000; 100 when absent.",
                QueryParameterType.Integer)])
            .Produces<IReadOnlyList<ErrorGroupProfile>>();
        group.MapGet("/compare", CompareAsync)
            .WithName("Compare")
            .WithSummary("Two runs or two periods: what got slower, what fails now.")
            .WithQuery([
                .. HistoryParameters.All, run,
                new(HistoryParameters.From + Before, "Where the period to compare with begins."),
                new(HistoryParameters.To + Before, "Where it ends."),
                new(HistoryParameters.Run + Before, "The run to compare with."),
            ])
            .Produces<IReadOnlyList<ComparedProfile>>();
    }

    private static Task<IResult> SeriesAsync(HttpContext http, TimeProvider time)
    {
        var query = http.Request.Query;
        if (!HistoryParameters.TryRead(query, time.GetUtcNow(), out var scope, out var problem))
        {
            return Task.FromResult(problem!);
        }

        if (!query.TryReadWord(Metric, SeriesQuestion.Metrics, out var metric, out var error)
            || !query.TryReadWord(By, ProfileScope.Dimensions, out var by, out error)
            || !TryReadWidth(query, scope, out var width, out error))
        {
            return Task.FromResult<IResult>(Problem.BadParameter(error!));
        }

        if (metric == "queue" && NotOfQueues(query, scope) is { } refused)
        {
            return Task.FromResult<IResult>(Problem.BadParameter(refused));
        }

        var question = new SeriesQuestion(scope, metric ?? "count", by, width);
        return AnswerAsync(http, history => history.SeriesAsync(question, http.RequestAborted), MonitoringJson.Context.SeriesAnswer);
    }

    /// <summary>The parameter that asks of queues what is not known of them: an answer in which it plays no part would be taken for one to it.</summary>
    private static FilterError? NotOfQueues(IQueryCollection query, ProfileScope scope)
    {
        if (scope.RunId is null && QueryFields.AreWithin(scope.Query, SeriesQuestion.QueueFields))
        {
            return null;
        }

        var name = NeverOfQueues.FirstOrDefault(name => query.ReadText(name) is not null)
            ?? (query.ReadText(HistoryParameters.Query) is not null ? HistoryParameters.Query : FilterParameters.StatsOnly);
        return new FilterError(
            name, query.ReadText(name) ?? "", $"of queues only {string.Join(", ", SeriesQuestion.QueueFields)} is known, as a parameter or in q");
    }

    private static Task<IResult> HeatmapAsync(HttpContext http, TimeProvider time)
    {
        var query = http.Request.Query;
        if (!HistoryParameters.TryRead(query, time.GetUtcNow(), out var scope, out var problem))
        {
            return Task.FromResult(problem!);
        }

        return !query.TryReadWord(Kind, Kinds, out var kind, out var error) || !TryReadWidth(query, scope, out var width, out error)
            ? Task.FromResult<IResult>(Problem.BadParameter(error!))
            : AnswerAsync(
                http, history => history.HeatmapAsync(scope, kind == "wait", width, http.RequestAborted),
                    MonitoringJson.Context.HeatmapAnswer);
    }

    /// <summary>As asked for, or the one that fits.</summary>
    private static bool TryReadWidth(IQueryCollection query, ProfileScope scope, out long width, out FilterError? error)
    {
        width = 0;
        if (!query.TryReadInteger(Bucket, 0, 100, int.MaxValue, out var bucket, out error))
        {
            return false;
        }

        width = bucket > 0 ? bucket : SeriesQuestion.Fit(scope.From, scope.To);
        if ((scope.To - scope.From).TotalMilliseconds / width > MaxPoints)
        {
            error = new FilterError(Bucket, $"{bucket}", $"a width with which the period has at most {MaxPoints} points is allowed");
        }

        return error is null;
    }

    private static Task<IResult> DensityAsync(HttpContext http, TimeProvider time)
    {
        if (!HistoryParameters.TryRead(http.Request.Query, time.GetUtcNow(), out var scope, out var problem))
        {
            return Task.FromResult(problem!);
        }

        return http.Request.Query.TryReadInteger(Buckets, 100, 1, EventDensity.MaxBuckets, out var buckets, out var error)
            ? AnswerAsync(http, history => history.DensityAsync(scope, buckets, http.RequestAborted), MonitoringJson.Context.DensityAnswer)
            : Task.FromResult<IResult>(Problem.BadParameter(error!));
    }

    private static Task<IResult> DurationsAsync(HttpContext http, TimeProvider time)
    {
        var query = http.Request.Query;
        if (!HistoryParameters.TryRead(query, time.GetUtcNow(), out var scope, out var problem))
        {
            return Task.FromResult(problem!);
        }

        return !query.TryReadWord(By, ProfileScope.Dimensions, out var by, out var error)
            || !query.TryReadWord(Kind, Kinds, out var kind, out error)
            ? Task.FromResult<IResult>(Problem.BadParameter(error!))
            : AnswerAsync(
                http, history => history.DurationsAsync(scope, by ?? "task_type", kind == "wait", http.RequestAborted),
                    MonitoringJson.Context.IReadOnlyListDurationProfile);
    }

    private static Task<IResult> SlowestAsync(HttpContext http, TimeProvider time) => LimitedAsync(
        http, time, (history, scope, limit) => history.SlowestAsync(scope, limit, http.RequestAborted),
            MonitoringJson.Context.IReadOnlyListSlowAttempt);

    private static Task<IResult> ErrorsAsync(HttpContext http, TimeProvider time) => LimitedAsync(
        http, time, (history, scope, limit) => history.ErrorsAsync(scope, limit, http.RequestAborted),
            MonitoringJson.Context.IReadOnlyListErrorGroupProfile);

    private static Task<IResult> WorkersAsync(HttpContext http, TimeProvider time) => LimitedAsync(
        http, time, (history, scope, _) => history.WorkersAsync(scope, http.RequestAborted), MonitoringJson.Context.IReadOnlyListWorkerUse);

    private static Task<IResult> CompareAsync(HttpContext http, TimeProvider time)
    {
        var now = time.GetUtcNow();
        if (!HistoryParameters.TryRead(http.Request.Query, now, out var after, out var problem)
            || !HistoryParameters.TryRead(http.Request.Query, now, out var before, out problem, Before))
        {
            return Task.FromResult(problem!);
        }

        // Runs say themselves when they were.
        after = after.RunId is not null && http.Request.Query.ReadText(HistoryParameters.From) is null
            ? after with { From = DateTimeOffset.UnixEpoch } : after;
        before = before.RunId is not null && http.Request.Query.ReadText(HistoryParameters.From + Before) is null
            ? before with { From = DateTimeOffset.UnixEpoch }
            : before;
        return AnswerAsync(http, history => history.CompareAsync(before, after, http.RequestAborted),
            MonitoringJson.Context.IReadOnlyListComparedProfile);
    }

    private static Task<IResult> LimitedAsync<T>(
        HttpContext http, TimeProvider time, Func<IEventHistory, ProfileScope, int, Task<T>> ask, JsonTypeInfo<T> type)
    {
        if (!HistoryParameters.TryRead(http.Request.Query, time.GetUtcNow(), out var scope, out var problem))
        {
            return Task.FromResult(problem!);
        }

        return http.Request.Query.TryReadInteger(PageWriter.LimitParameter, PageWriter.DefaultLimit, 1, PageWriter.MaxLimit, out var limit,
            out var error)
            ? AnswerAsync(http, history => ask(history, scope, limit), type)
            : Task.FromResult<IResult>(Problem.BadParameter(error!));
    }

    private static Task<IResult> AnswerAsync<T>(HttpContext http, Func<IEventHistory, Task<T>> ask, JsonTypeInfo<T> type) =>
        HistoryProblem.OrProblemAsync(http, async session => TypedResults.Json(await ask(session.History), type));
}
