using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Nexus.Coordinator.Sim.Chaos;
using Nexus.Coordinator.Sim.Coordination;
using Nexus.ServiceDefaults.Chaos;

namespace Nexus.Coordinator.Sim.Http;

/// <summary>
/// What can be broken in this process; in development only. Each effect ends by itself after <c>seconds</c>, and at once when it is asked
/// for with 0. The monitoring service's <c>POST /demo/chaos</c> checks the ranges and asks here.
/// </summary>
internal static class ChaosEndpoints
{
    private const int LongestSeconds = 3_600;

    public static void MapChaos(this RouteGroupBuilder simulation)
    {
        var chaos = simulation.MapGroup("/chaos").WithTags("Chaos").AddEndpointFilter(CheckSecondsAsync);
        chaos.MapPost("/kill-worker", KillWorker).WithName("KillWorker").WithSummary("Lets a worker die on the spot");
        chaos.MapPost("/pause-worker", PauseWorker).WithName("PauseWorker").WithSummary("Lets a worker stand still for a while");
        chaos.MapPost("/skew-clock", SkewClock).WithName("SkewClock").WithSummary("Sets the clock by which events are dated");
        chaos.MapPost("/cut-redis", CutRedis).WithName("CutRedis").WithSummary("Cuts this process off from Redis");
        chaos.MapPost("/duplicate-events", Duplicate).WithName("DuplicateEvents").WithSummary("Publishes each event twice");
        chaos.MapPost("/reorder-events", Reorder).WithName("ReorderEvents").WithSummary("Publishes events in another order");
    }

    private static async ValueTask<object?> CheckSecondsAsync(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        var text = call.HttpContext.Request.Query["seconds"].ToString();
        return text.Length == 0 || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= LongestSeconds)
            ? await next(call)
            : TypedResults.Problem($"seconds is '{text}'; a whole number from 0 to {LongestSeconds} is allowed.", statusCode: StatusCodes.Status400BadRequest);
    }

    private static Results<Ok<ChaosAnswer>, ProblemHttpResult> KillWorker(ParallelTaskCoordinator coordinator, int? worker = null) =>
        OnWorker(coordinator, worker, victim => victim.Crash());

    private static Results<Ok<ChaosAnswer>, ProblemHttpResult> PauseWorker(
        ParallelTaskCoordinator coordinator, int seconds, int? worker = null) =>
        OnWorker(coordinator, worker, victim => victim.Pause(TimeSpan.FromSeconds(seconds)));

    private static Ok<ChaosAnswer> SkewClock(SkewedClock clock, int seconds, int offset_seconds = 0)
    {
        clock.Skew(TimeSpan.FromSeconds(offset_seconds), TimeSpan.FromSeconds(seconds));
        return TypedResults.Ok(new ChaosAnswer(null, []));
    }

    private static Ok<ChaosAnswer> CutRedis(RedisCut cut, int seconds)
    {
        cut.For(TimeSpan.FromSeconds(seconds));
        return TypedResults.Ok(new ChaosAnswer(null, []));
    }

    private static Ok<ChaosAnswer> Duplicate(DisturbedPublisher publisher, int seconds)
    {
        publisher.Duplicate(TimeSpan.FromSeconds(seconds));
        return TypedResults.Ok(new ChaosAnswer(null, []));
    }

    private static Ok<ChaosAnswer> Reorder(DisturbedPublisher publisher, int seconds, int window_ms = 0)
    {
        publisher.Reorder(TimeSpan.FromMilliseconds(window_ms), TimeSpan.FromSeconds(seconds));
        return TypedResults.Ok(new ChaosAnswer(null, []));
    }

    /// <summary>The one that was named, else the one with the most in its hands.</summary>
    private static Results<Ok<ChaosAnswer>, ProblemHttpResult> OnWorker(ParallelTaskCoordinator coordinator, int? worker, Action<Worker> act)
    {
        var victim = worker is { } id ? coordinator.Find(id) : coordinator.Workers.MaxBy(one => one.Jobs.Count);
        if (victim is null)
        {
            return TypedResults.Problem(
                worker is null
                    ? "This process has no worker now."
                    : $"worker is {worker}; this process has {string.Join(", ", coordinator.Workers.Select(one => one.Id))}.",
                statusCode: StatusCodes.Status404NotFound);
        }

        var tasks = victim.Jobs.Select(job => job.TaskId).ToList();
        act(victim);
        return TypedResults.Ok(new ChaosAnswer(victim.Id, tasks));
    }
}
