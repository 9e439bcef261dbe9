using System.Globalization;
using Nexus.Monitoring.Api.Http.Lists;
using Nexus.Monitoring.Api.Problems;
using Nexus.Monitoring.Api.Queries;
using Nexus.Monitoring.Api.State;
using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.Json;
using Nexus.Monitoring.Contracts.State;

namespace Nexus.Monitoring.Api.Http.Workers;

internal static class WorkerEndpoints
{
    private static readonly string[] Statuses = Enum.GetNames<WorkerStatus>();

    public static void MapWorkers(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("/api/workers", List)
        .WithTags("State")
        .WithName("ListWorkers")
        .WithSummary("Workers by their id, with what each is doing.")
        .WithQuery([
            new(ListQuery.StatusParameter, "Only with this status: Idle, Busy, Stopped or Lost."),
            new(FilterParameters.ProjectId, "Only at work for this project."),
            new(PageWriter.LimitParameter, "Most entries, 1 to 1000; 100 when absent.", QueryParameterType.Integer),
            new(PageWriter.CursorParameter, "next of the page before."),
        ])
        .Produces<ListPage<WorkerState>>()
        .ProducesProblem(StatusCodes.Status400BadRequest);

    private static IResult List(HttpRequest request, LiveStateView view)
    {
        var query = request.Query;
        if (!query.TryReadWord(ListQuery.StatusParameter, Statuses, out var status, out var error)
            || !query.TryReadInteger(PageWriter.LimitParameter, PageWriter.DefaultLimit, 1, PageWriter.MaxLimit, out var limit, out error)
            || !query.TryReadInteger(PageWriter.CursorParameter, -1, 0, int.MaxValue, out var after, out error))
        {
            return Problem.BadParameter(error!);
        }

        var project = query.ReadText(FilterParameters.ProjectId);
        return PageWriter.Send(view.Read(state =>
        {
            var workers = state.OnlineWorkers.Concat(state.GoneWorkers)
                .Where(worker => worker.WorkerId > after
                    && (status is null || worker.Status.ToString() == status)
                    && (project is null || worker.ProjectId == project))
                .OrderBy(worker => worker.WorkerId)
                .Take(limit + 1)
                .ToList();
            var next = workers.Count > limit ? workers[limit - 1].WorkerId.ToString(CultureInfo.InvariantCulture) : null;
            return PageWriter.Page(workers.Take(limit), MonitoringJson.Context.WorkerState, next, state.Position);
        }));
    }
}
