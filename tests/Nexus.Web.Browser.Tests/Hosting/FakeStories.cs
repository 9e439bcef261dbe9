using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.History;
using Nexus.Monitoring.Contracts.Json;
using Nexus.Monitoring.Contracts.State;

namespace Nexus.Web.Browser.Tests.Hosting;

/// <summary>Tasks and runs as docs/history.md has them, told from a log in memory.</summary>
internal static class FakeStories
{
    public static void MapStories(this IEndpointRouteBuilder endpoints, FakeApi api)
    {
        endpoints.MapGet("/api/tasks", (string? session, string? status, string? sort, string? order, string? cursor, int? skip, int limit) =>
            List(api.Of(session), status, sort, order == "asc", cursor, skip ?? 0, limit));
        endpoints.MapGet("/api/tasks/{id}", (string id, string? session) => Task(api.Of(session), id));
        endpoints.MapGet("/api/tasks/{id}/why", (string id, string? session) => Why(api.Of(session), id));
        endpoints.MapGet("/api/runs/{id}", (string id, string? session) => Run(api.Of(session), id));
        endpoints.MapGet("/api/stats/compare", () => Json(
            """[{"task_type":"summarization","phase":"summary","before":{"attempts":10,"failed":0,"run_p50":1000,"wait_p50":100},"after":{"attempts":12,"failed":2,"run_p50":1500,"wait_p50":100},"p50_change":0.5,"new_errors":["HTTP … from provider"]}]"""));
    }

    public static IReadOnlyList<TaskRow> Rows(IEnumerable<TaskState> tasks, string? status, string? sort) =>
    [
        .. tasks.Where(task => status is null || task.Status == status)
            .OrderByDescending(task => sort == "running" ? task.DurationMs ?? -1 : 0)
            .ThenByDescending(task => task.Position)
            .Select(task => new TaskRow
            {
                TaskId = task.TaskId,
                TaskType = task.TaskType,
                RunId = task.RunId,
                Status = task.Status,
                FailureKind = task.FailureKind,
                Attempt = task.Attempt,
                WorkerId = task.WorkerId,
                WaitMs = task.WaitMs,
                DurationMs = task.DurationMs,
                StartedAt = task.StartedAt,
                EndedAt = task.EndedAt,
                Message = task.Message,
                Error = task.Error,
                Position = task.Position,
            }),
    ];

    /// <summary>A cursor is the number of a row of the descending list, whichever way is asked.</summary>
    private static IResult List(FakeApi api, string? status, string? sort, bool isAscending, string? cursor, int skip, int limit)
    {
        var rows = api.Tasks(status, sort);
        var start = skip + (cursor is null ? 0 : Turned(int.Parse(cursor, CultureInfo.InvariantCulture)) + 1);
        var end = Math.Min(start + limit, rows.Count);
        return Bytes(JsonSerializer.SerializeToUtf8Bytes(
            new TaskPage(
                [.. (isAscending ? rows.Reverse() : rows).Skip(start).Take(limit)], end < rows.Count ? CursorOf(end - 1) : null,
                start < end ? CursorOf(start) : null, api.Head, rows.Count, null),
            MonitoringJson.Context.TaskPage));

        int Turned(int row) => isAscending ? rows.Count - 1 - row : row;

        string CursorOf(int row) => Turned(row).ToString(CultureInfo.InvariantCulture);
    }

    private static IResult Task(FakeApi api, string id)
    {
        List<MonitoringEvent> events = [.. api.All.Where(entry => entry.TaskId == id)];
        return events.Count == 0
            ? Results.Problem(statusCode: 404, detail: $"No task '{id}' is known.")
            : Json($$"""{"task_id":"{{id}}","events":{{JsonSerializer.Serialize(events, MonitoringJson.Context.ListMonitoringEvent)}}}""");
    }

    private static IResult Why(FakeApi api, string id) => api.All.Last(entry => entry.TaskId == id) is { EventType: EventTypes.TaskEnqueued } waiting
        ? Json(
            $$"""
            {"is_waiting":true,"parts":[{"text":"Task "},{"text":"{{id}}","kind":"task","id":"{{id}}"},{"text":" waits in "},
            {"text":"the queue of {{waiting.TaskType}}","kind":"queue","id":"{{waiting.TaskType}}"},{"text":"."}]}
            """)
        : Json("""{"is_waiting":false,"parts":[{"text":"It does not wait."}]}""");

    /// <summary>The run waited for its tasks that completed, in the order in which they did.</summary>
    private static IResult Run(FakeApi api, string id)
    {
        var path = api.All.Where(entry => entry.RunId == id && entry.EventType == EventTypes.TaskCompleted).DistinctBy(entry => entry.TaskId).Select(entry =>
            $$"""{"attempt":{"task_id":"{{entry.TaskId}}","number":1,"outcome":"completed"},"ready_at":"2026-11-23T12:00:00Z","wait_ms":0,"run_ms":0}""");
        return api.All.Any(entry => entry.RunId == id)
            ? Json($$"""{"run_id":"{{id}}","critical_path":[{{string.Join(',', path)}}]}""")
            : Results.Problem(statusCode: 404, detail: $"No run '{id}' is known.");
    }

    private static IResult Json(string json) => Results.Text(json, "application/json");

    private static IResult Bytes(byte[] json) => Results.Bytes(json, "application/json");
}
