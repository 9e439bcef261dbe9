using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Nexus.Monitoring.Api.History;
using Nexus.Monitoring.Api.History.Sessions;
using Nexus.Monitoring.Api.Http.Lists;
using Nexus.Monitoring.Api.Problems;
using Nexus.Monitoring.Api.Queries;
using Nexus.Monitoring.Api.State;
using Nexus.Monitoring.Contracts.History;
using Nexus.Monitoring.Contracts.Json;
using Nexus.Monitoring.Contracts.State;

namespace Nexus.Monitoring.Api.Http.Tasks;

internal static class TaskEndpoints
{
    /// <summary>Events of a task that its story shows, the newest ones.</summary>
    private const int MaxEvents = 1_000;

    public static void MapTasks(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/api/tasks").WithTags("State");
        group.MapGet("/", ListAsync)
            .WithName("ListTasks")
            .WithSummary("Tasks, the one changed last first; where history is kept, all that ever ended too.")
            .WithDescription(
                """
                The live state tells of tasks that have not ended, the history of those that have: a query is matched with the event that ended a
                task, or with how an open one stands. total counts the whole list when its first page is asked for. problem says why tasks that
                ended are missing, if they are.
                """)
            .WithQuery(TaskListQuery.Parameters)
            .Produces<TaskPage>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status504GatewayTimeout);
        group.MapGet("/{id}", GetAsync)
            .WithName("GetTask")
            .WithSummary("One task; where history is kept, with its attempts and events.")
            .WithDescription(
                "While the history does not answer, a task that the live state knows is told without them: is_complete is false, and problem says why.")
            .Produces<TaskState>()
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> ListAsync(HttpContext http, LiveStateView view, TimeProvider time, IOptions<HistoryOptions> options)
    {
        if (!TaskListQuery.TryRead(http.Request.Query, time.GetUtcNow(), out var list, out var problem))
        {
            return problem!;
        }

        var isImported = http.Request.Query.ReadText(HistorySessions.Parameter) is not null;
        if (!options.Value.IsKept && !isImported)
        {
            return PageWriter.Send(TaskList.ReadLive(list!, view, null));
        }

        return await HistoryProblem.OrProblemAsync(http, async session =>
        {
            try
            {
                return PageWriter.Send(await TaskList.ReadAsync(list!, session, isImported ? null : view, http.RequestAborted));
            }
            catch (HistoryUnavailableException away) when (!isImported)
            {
                return PageWriter.Send(TaskList.ReadLive(list!, view, away.Message));
            }
        });
    }

    private static async Task<IResult> GetAsync(string id, HttpContext http, LiveStateView view, IOptions<HistoryOptions> options)
    {
        var live = http.Request.Query.ReadText(HistorySessions.Parameter) is null
            ? view.Read(state => PageWriter.OneOrNull(state.Task(id), MonitoringJson.Context.TaskState))
            : null;
        if (!options.Value.IsKept)
        {
            return live is { } json ? PageWriter.Send(json) : Unknown(id);
        }

        var known = live is { } state ? JsonSerializer.Deserialize(state.Span, MonitoringJson.Context.TaskState) : null;
        return await HistoryProblem.OrProblemAsync(
            http,
            async session =>
            {
                var entries = await session.History.TaskEventsAsync(id, MaxEvents + 1, http.RequestAborted);
                return TaskStoryWriter.Write(id, known, [.. entries.TakeLast(MaxEvents)], entries.Count <= MaxEvents) is { } story ? PageWriter.Send(story) : Unknown(id);
            },
            why => known is null ? null : PageWriter.Send(PageWriter.Incomplete(known, MonitoringJson.Context.TaskState, why)));
    }

    private static ProblemHttpResult Unknown(string id) => Problem.NotFound($"No task '{id}' is known; the log may no longer tell of it.");
}
