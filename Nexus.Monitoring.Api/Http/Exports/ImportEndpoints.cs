using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Nexus.Monitoring.Api.History;
using Nexus.Monitoring.Api.History.Sessions;
using Nexus.Monitoring.Api.History.Storage;
using Nexus.Monitoring.Api.Problems;

namespace Nexus.Monitoring.Api.Http.Exports;

internal static class ImportEndpoints
{
    private const string Ndjson = "application/x-ndjson";
    private const string Parquet = "application/vnd.apache.parquet";

    public static void MapImport(this IEndpointRouteBuilder endpoints) => endpoints.MapPost("/api/import", PostAsync)
        .WithTags("History")
        .WithName("ImportEvents")
        .WithSummary("Takes an NDJSON or Parquet export into a session of its own, which can be read and never changes.")
        .WithDescription($"Content-Type is {Ndjson} or {Parquet}. A bad line does not cost the others.")
        .Produces<ImportAnswer>()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
        .ProducesProblem(StatusCodes.Status507InsufficientStorage);

    private static async Task<IResult> PostAsync(HttpContext http, HistorySessions sessions, IOptions<HistoryOptions> options)
    {
        var contentType = http.Request.ContentType?.Split(';')[0].Trim() ?? "";
        if (contentType is not (Ndjson or Parquet))
        {
            return Problem.Of(
                StatusCodes.Status415UnsupportedMediaType, "The content type is not supported.",
                    $"Content-Type is '{contentType}'; {Ndjson} or {Parquet} is allowed.");
        }

        if (!options.Value.IsKept)
        {
            return Problem.Of(
                StatusCodes.Status503ServiceUnavailable, "There is no history to ask.",
                    "No history is kept on this node; Monitoring:History:Path says where to keep it.");
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = options.Value.MaxImportBytes;
        }

        try
        {
            using var turn = sessions.BeginImport();
            var import = new HistoryImport(sessions, options.Value);
            var answer = contentType == Ndjson
                ? await import.ReadLinesAsync(http.Request.Body, http.RequestAborted)
                : await ReadParquetAsync(http, sessions, import);
            return TypedResults.Json(answer, ApiJson.Context.ImportAnswer);
        }
        catch (InvalidDataException bad)
        {
            return Problem.Of(StatusCodes.Status400BadRequest, "The body is not valid.", bad.Message);
        }
        catch (BadHttpRequestException large) when (large.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return Problem.Of(
                StatusCodes.Status413PayloadTooLarge, "The request is too large.",
                $"The body has more than {options.Value.MaxImportBytes} bytes, the limit (Monitoring:History:MaxImportBytes).");
        }
        catch (SessionsFullException full)
        {
            return Problem.Of(StatusCodes.Status507InsufficientStorage, "There is no room for the import.", full.Message);
        }
        catch (Exception full) when (HistoryProblems.IsFull(full.InnerException ?? full))
        {
            return Problem.Of(
                StatusCodes.Status507InsufficientStorage, "There is no room for the import.",
                $"The disk of {sessions.Folder} is full; nothing of the import is kept.");
        }
        catch (HistoryBusyException busy)
        {
            http.Response.Headers.RetryAfter = "30";
            return Problem.Of(StatusCodes.Status503ServiceUnavailable, "Too much at once.", busy.Message);
        }
        catch (HistoryUnavailableException away)
        {
            return Problem.Of(StatusCodes.Status503ServiceUnavailable, "The import cannot be stored.", away.Message);
        }
    }

    /// <summary>Parquet is read from its end, so it has to be a file first.</summary>
    private static async Task<ImportAnswer> ReadParquetAsync(HttpContext http, HistorySessions sessions, HistoryImport import)
    {
        var path = sessions.NewPart();
        try
        {
            await using (var file = File.Create(path))
            {
                await http.Request.Body.CopyToAsync(file, http.RequestAborted);
            }

            return await import.ReadParquetAsync(path, http.RequestAborted);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
