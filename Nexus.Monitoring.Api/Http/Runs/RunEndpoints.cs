using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Nexus.Monitoring.Api.History;
using Nexus.Monitoring.Api.History.Sessions;
using Nexus.Monitoring.Api.Http.Lists;
using Nexus.Monitoring.Api.Problems;
using Nexus.Monitoring.Api.Queries;
using Nexus.Monitoring.Api.State;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Json;
using Nexus.Monitoring.Contracts.State;

namespace Nexus.Monitoring.Api.Http.Runs;

internal static class RunEndpoints
{
    private const string AttemptsAfter = "attempts_after";

    private static readonly string[] Statuses = [EventStatuses.Processing, EventStatuses.Completed, EventStatuses.Failed];

    public static void MapRuns(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/api/runs").WithTags("State");
        group.MapGet("/", ListAsync)
            .WithName("ListRuns")
            .WithSummary("Runs with their phases and progress, the one changed last first.")
            .WithQuery([.. ListQuery.Parameters, new(HistorySessions.Parameter, "An imported session instead of this node's live state.")])
            .Produces<ListPage<RunState>>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
        group.MapGet("/{id}", GetAsync)
            .WithName("GetRun")
            .WithSummary("One run; where history is kept, with its attempts, workers, failures and critical path.")
            .WithDescription(
                """
                attempts_next, when there is one, is attempts_after of the next part of the attempts; everything else speaks of all of them.
                While the history does not answer, a run that the live state knows is told without it: is_complete is false, and problem says
                why.
                """)
            .WithQuery([
                new(AttemptsAfter, "How many attempts to pass over; none when absent.", QueryParameterType.Integer),
                new(PageWriter.LimitParameter, $"Most attempts, 1 to {RunStoryWriter.MaxAttempts}, which is also meant when absent.",
                    QueryParameterType.Integer),
                new(HistorySessions.Parameter, "An imported session instead of this node's own history."),
            ])
            .Produces<RunState>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> ListAsync(HttpContext http, LiveStateView view)
    {
        if (!ListQuery.TryRead(http.Request.Query, Statuses, out var query, out var error))
        {
            return Problem.BadParameter(error!);
        }

        if (http.Request.Query.ReadText(HistorySessions.Parameter) is not null)
        {
            return await HistoryProblem.OrProblemAsync(http, async session =>
            {
                var part = await session.History.RunsAsync(query!.Before, query.Limit, http.RequestAborted);
                return PageWriter.Send(PageWriter.Page(
                    part.Runs.Where(run => query.Matches(run.ProjectId, run.Status)), MonitoringJson.Context.RunState, part.Next?.ToString(), session.State.Head));
            });
        }

        return PageWriter.Send(view.Read(state =>
        {
            var runs = state.OpenRuns.Concat(state.EndedRuns).Where(run => query!.Matches(run.ProjectId, run.Status));
            var (page, next) = NewestFirst.Select(runs, run => run.Position, query!.Before, query.Limit);
            return PageWriter.Page(page, MonitoringJson.Context.RunState, next, state.Position);
        }));
    }

    private static async Task<IResult> GetAsync(string id, HttpContext http, LiveStateView view, IOptions<HistoryOptions> options)
    {
        const int Most = RunStoryWriter.MaxAttempts;
        if (!http.Request.Query.TryReadInteger(AttemptsAfter, 0, 0, int.MaxValue, out var skip, out var error)
            || !http.Request.Query.TryReadInteger(PageWriter.LimitParameter, Most, 1, Most, out var limit, out error))
        {
            return Problem.BadParameter(error!);
        }

        var live = http.Request.Query.ReadText(HistorySessions.Parameter) is null
            ? view.Read(state => PageWriter.OneOrNull(state.Run(id), MonitoringJson.Context.RunState))
            : null;
        if (!options.Value.IsKept)
        {
            return live is { } json ? PageWriter.Send(json) : Unknown(id);
        }

        return await HistoryProblem.OrProblemAsync(
            http,
            async session =>
            {
                var record = await session.History.RunAsync(id, http.RequestAborted);
                return record is not null && RunStoryWriter.Write(live, record, skip, limit) is { } story ? PageWriter.Send(story)
                    : live is { } state ? PageWriter.Send(state)
                    : Unknown(id);
            },
            why => live is { } state && JsonSerializer.Deserialize(state.Span, MonitoringJson.Context.RunState) is { } known
                ? PageWriter.Send(PageWriter.Incomplete(known, MonitoringJson.Context.RunState, why))
                : null);
    }

    private static ProblemHttpResult Unknown(string id) => Problem.NotFound($"No run '{id}' is known; the log may no longer tell of it.");
}
