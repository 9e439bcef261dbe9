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

namespace Nexus.Monitoring.Api.Http.Tasks;

internal static class TaskEndpoints
{
    private const string RunParameter = "run_id";
    private const string TypeParameter = "task_type";

    /// <summary>Events of a task that its story shows, the newest ones.</summary>
    private const int MaxEvents = 1_000;

    public static void MapTasks(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/api/tasks").WithTags("State");
        group.MapGet("/", List)
            .WithName("ListTasks")
            .WithSummary("Tasks, the one changed last first.")
            .WithQuery([
                .. ListQuery.Parameters,
                new(RunParameter, "Only of this run."),
                new(TypeParameter, "Only of this type, such as summarization."),
            ])
            .Produces<ListPage<TaskState>>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
        group.MapGet("/{id}", GetAsync)
            .WithName("GetTask")
            .WithSummary("One task; where history is kept, with its attempts and events.")
            .Produces<TaskState>()
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static IResult List(HttpRequest request, LiveStateView view)
    {
        if (!ListQuery.TryRead(request.Query, EventStatuses.All, out var query, out var error))
        {
            return Problem.BadParameter(error!);
        }

        var (runId, type) = (request.Query.ReadText(RunParameter), request.Query.ReadText(TypeParameter));
        return PageWriter.Send(TaskPage.Read(view, query!, task =>
            query!.Matches(task.ProjectId, task.Status)
            && (runId is null || task.RunId == runId)
            && (type is null || task.TaskType == type)));
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

        return await HistoryProblem.OrProblemAsync(http, async session =>
        {
            var entries = await session.History.TaskEventsAsync(id, MaxEvents, http.RequestAborted);
            var known = live is { } state ? JsonSerializer.Deserialize(state.Span, MonitoringJson.Context.TaskState) : null;
            return TaskStoryWriter.Write(id, known, entries) is { } story ? PageWriter.Send(story) : Unknown(id);
        });
    }

    private static ProblemHttpResult Unknown(string id) => Problem.NotFound($"No task '{id}' is known; the log may no longer tell of it.");
}
