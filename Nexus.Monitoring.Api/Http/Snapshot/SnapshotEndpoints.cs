using Nexus.Monitoring.Api.Http.Lists;
using Nexus.Monitoring.Api.Problems;
using Nexus.Monitoring.Api.Queries;
using Nexus.Monitoring.Api.State;
using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.Json;
using Nexus.Monitoring.Contracts.State;

namespace Nexus.Monitoring.Api.Http.Snapshot;

internal static class SnapshotEndpoints
{
    private const string EndedTasksParameter = "ended_tasks";
    private const int DefaultEndedTasks = 1000;
    private const int MaxEndedTasks = 100_000;

    public static QueryParameter EndedTasks { get; } = new(
        EndedTasksParameter, $"Most tasks that have ended, 0 to {MaxEndedTasks}; {DefaultEndedTasks} when absent.", QueryParameterType.Integer);

    public static void MapSnapshot(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/api/snapshot", Get)
            .WithTags("State")
            .WithName("GetSnapshot")
            .WithSummary("The whole live state. Subscribe with its position as cursor and nothing is missed or seen twice.")
            .WithQuery(EndedTasks)
            .Produces<LiveStateSnapshot>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
        endpoints.MapGet("/monitor/snapshot", Get).ExcludeFromDescription();
    }

    public static bool TryReadEndedTasks(IQueryCollection query, out int endedTasks, out FilterError? error) =>
        query.TryReadInteger(EndedTasksParameter, DefaultEndedTasks, 0, MaxEndedTasks, out endedTasks, out error);

    private static IResult Get(HttpRequest request, LiveStateView view) =>
        TryReadEndedTasks(request.Query, out var endedTasks, out var error)
            ? PageWriter.Send(view.Read(state => PageWriter.One(state.ToSnapshot(endedTasks), MonitoringJson.Context.LiveStateSnapshot)))
            : Problem.BadParameter(error!);
}
