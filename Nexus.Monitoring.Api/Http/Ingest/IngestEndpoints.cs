using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;
using Nexus.Monitoring.Api.Problems;
using Nexus.Monitoring.Api.Telemetry;
using Nexus.Monitoring.Client;
using Nexus.Monitoring.Client.Log;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Filters;

namespace Nexus.Monitoring.Api.Http.Ingest;

internal static class IngestEndpoints
{
    private const string Ndjson = "application/x-ndjson";
    private const string Json = "application/json";

    /// <summary>What the log appends in one go.</summary>
    private const int MaxEvents = 10_000;

    public static void MapIngest(this IEndpointRouteBuilder endpoints) => endpoints.MapPost("/api/events", PostAsync)
        .WithTags("Events")
        .WithName("AppendEvents")
        .WithSummary("Appends events to the log: one, an array, or NDJSON. A bad one does not cost the others.")
        .AddOpenApiOperationTransformer(DescribeBodyAsync)
        .Produces<IngestAnswer>()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    /// <summary>Declaring what is accepted would also refuse the rest, without saying what is.</summary>
    private static async Task DescribeBodyAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var schema = await context.GetOrCreateSchemaAsync(typeof(MonitoringEvent), cancellationToken: cancellationToken);
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType>
            {
                [Json] = new() { Schema = schema },
                [Ndjson] = new() { Schema = schema },
            },
        };
    }

    private static async Task<IResult> PostAsync(
        HttpContext http,
        IEventLogWriter writer,
        IOptions<MonitoringOptions> monitoring,
        IOptions<MonitoringApiOptions> options,
        ApiMetrics metrics)
    {
        var contentType = http.Request.ContentType?.Split(';')[0].Trim() ?? "";
        if (contentType is not ("" or Json or Ndjson))
        {
            return Problem.Of(
                StatusCodes.Status415UnsupportedMediaType, "The content type is not supported.", $"Content-Type is '{contentType}'; {Json} or {Ndjson} is allowed.");
        }

        if (!TryReadName(http.Request, out var name, out var error))
        {
            return Problem.BadParameter(error!);
        }

        if (await ReadBodyAsync(http, options.Value.MaxRequestBytes) is not { } body)
        {
            return TooLarge($"The body has more than {options.Value.MaxRequestBytes} bytes, the limit (Monitoring:MaxRequestBytes); send fewer events at once.");
        }

        var batch = new IngestBatch(monitoring.Value.MaxEventSizeBytes);
        if (contentType == Ndjson)
        {
            batch.AddLines(body);
        }
        else if (batch.AddJson(body) is { } problem)
        {
            return Problem.Of(StatusCodes.Status400BadRequest, "The body is not valid.", problem);
        }

        return batch.Events.Count > MaxEvents
            ? TooLarge($"The body has {batch.Events.Count} events; at most {MaxEvents} at once are allowed.")
            : await AppendAsync(http, writer, name, batch, metrics);
    }

    private static async Task<IResult> AppendAsync(
        HttpContext http, IEventLogWriter writer, ProducerBatch? name, IngestBatch batch, ApiMetrics metrics)
    {
        try
        {
            var positions = name is { } known
                ? await writer.AppendAsync(known, batch.Events, http.RequestAborted)
                : await writer.AppendAsync(batch.Events, http.RequestAborted);
            metrics.Ingested(batch.Events.Count, batch.Rejected.Count);
            var isKnown = positions.Count == batch.Events.Count;
            var answer = new IngestAnswer(
                batch.Events.Count, isKnown ? [.. positions.Select(position => position.ToString())] : null, batch.Rejected);
            return TypedResults.Json(answer, ApiJson.Context.IngestAnswer);
        }
        catch (LogUnavailableException away)
        {
            var doubt = away.MayBeAppended ? " The events may have been appended nevertheless." : " No event was appended.";
            return Problem.LogAway(http, away.Message + doubt);
        }
    }

    /// <summary>A producer that names its batch may send it again when it lost the answer.</summary>
    private static bool TryReadName(HttpRequest request, out ProducerBatch? name, out FilterError? error)
    {
        name = null;
        error = null;
        if (request.Headers[ProducerBatch.HeaderName].ToString() is not { Length: > 0 } text)
        {
            return true;
        }

        if (!ProducerBatch.TryParse(text, out var batch))
        {
            error = new FilterError(ProducerBatch.HeaderName, text, "producer/number is allowed, letters, digits and dashes before the slash, a whole number from 1 after it");
            return false;
        }

        name = batch;
        return true;
    }

    /// <summary>Null when it is longer than allowed.</summary>
    private static async Task<ReadOnlyMemory<byte>?> ReadBodyAsync(HttpContext http, int limit)
    {
        if (http.Request.ContentLength > limit)
        {
            return null;
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = limit;
        }

        try
        {
            var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body, http.RequestAborted);
            return body.GetBuffer().AsMemory(0, (int)body.Length);
        }
        catch (BadHttpRequestException error) when (error.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return null;
        }
    }

    private static ProblemHttpResult TooLarge(string detail) => Problem.Of(StatusCodes.Status413PayloadTooLarge, "The request is too large.", detail);
}
