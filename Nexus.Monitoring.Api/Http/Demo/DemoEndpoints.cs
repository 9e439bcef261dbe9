using System.Diagnostics;
using Nexus.Monitoring.Api.Problems;
using Nexus.Monitoring.Client.Log;
using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Monitoring.Api.Http.Demo;

internal static class DemoEndpoints
{
    private const string Source = "monitoring-api/demo";

    public static void MapDemo(this IEndpointRouteBuilder endpoints) => endpoints.MapPost("/demo/events", PostAsync)
        .WithTags("Events")
        .WithName("AppendDemo")
        .WithSummary("Appends a complete small workflow, every type of event, one failure, one retry, as one trace.")
        .Produces<DemoAnswer>()
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> PostAsync(HttpContext http, IEventLogWriter writer, TimeProvider time)
    {
        var recorder = new DemoRecorder(time.GetUtcNow() - DemoWorkflow.Duration, Source);
        var workflow = new DemoWorkflow(recorder, Guid.NewGuid().ToString("N")[..8]);
        var root = Activity.Current is null ? recorder.Begin("demo") : null;
        workflow.Tell();
        root?.Stop();
        try
        {
            var events = recorder.Events;
            var positions = await writer.AppendAsync([.. events.Select(e => (ReadOnlyMemory<byte>)EventJson.ToUtf8(e))], http.RequestAborted);
            return TypedResults.Json(
                new DemoAnswer(
                    events[0].TraceId,
                    DemoWorkflow.ProjectId,
                    workflow.RunId,
                    [.. events.Select((e, i) => new DemoEvent(e.EventId, e.EventType, i < positions.Count ? positions[i].ToString() : null))]),
                ApiJson.Context.DemoAnswer);
        }
        catch (LogUnavailableException away)
        {
            return Problem.LogAway(http, away.Message);
        }
    }
}
