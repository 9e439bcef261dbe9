using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using Nexus.Monitoring.Api.History;
using Nexus.Monitoring.Api.History.Exports;
using Nexus.Monitoring.Api.History.Sessions;
using Nexus.Monitoring.Api.Problems;
using Nexus.Monitoring.Api.Queries;

namespace Nexus.Monitoring.Api.Http.Exports;

internal static class ExportEndpoints
{
    /// <summary>Header: how many events will come. Trailer: how many came.</summary>
    private const string Total = "Nexus-Export-Total";
    private const string Written = "Nexus-Export-Written";
    private const string Format = "format";

    public static void MapExport(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/api/export/count", CountAsync)
            .WithTags("History")
            .WithName("CountExport")
            .WithSummary("How many events an export with the same parameters would have.")
            .WithQuery(HistoryParameters.All)
            .Produces<ExportCount>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        MapFile(endpoints);
    }

    private static void MapFile(IEndpointRouteBuilder endpoints) => endpoints.MapGet("/api/export", GetAsync)
        .WithTags("History")
        .WithName("ExportEvents")
        .WithSummary("Events of the history as a file.")
        .WithDescription(
            """
            In the log's order, with exactly the filter of GET /api/events. The header Nexus-Export-Total says how many events will come,
            the trailer Nexus-Export-Written how many came: where they differ, the file is not whole.
            """)
        .WithQuery([
            new(Format, $"One of {string.Join(", ", ExportFormats.All)}; ndjson when absent."),
            .. HistoryParameters.All,
        ])
        .Produces(StatusCodes.Status200OK)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> GetAsync(HttpContext http, TimeProvider time)
    {
        var now = time.GetUtcNow();
        if (!http.Request.Query.TryReadWord(Format, ExportFormats.All, out var format, out var error))
        {
            return Problem.BadParameter(error!);
        }

        if (!HistoryParameters.TryReadEvents(http.Request.Query, now, out var question, out var problem))
        {
            return problem!;
        }

        return await HistoryProblem.OrProblemAsync(http, async session =>
        {
            using var turn = session.History.BeginExport();
            var export = new ExportQuestion(question.Query, question.RangeOf(session.State, null, null), now);
            var total = await session.History.CountAsync(export, http.RequestAborted);
            var (contentType, extension) = ExportFormats.Describe(format ?? ExportFormats.Ndjson);
            http.Response.ContentType = contentType;
            http.Response.Headers[Total] = total.ToString(CultureInfo.InvariantCulture);
            http.Response.Headers.ContentDisposition = $"attachment; filename=\"nexus-events-{now:yyyyMMdd-HHmmss}.{extension}\"";
            if (format == ExportFormats.Parquet)
            {
                await SendParquetAsync(http, session.History, export);
            }
            else
            {
                await SendAsync(http, session.History, export, format);
            }

            return TypedResults.Empty;
        });
    }

    private static async Task<IResult> CountAsync(HttpContext http, TimeProvider time)
    {
        var now = time.GetUtcNow();
        return HistoryParameters.TryReadEvents(http.Request.Query, now, out var question, out var problem)
            ? await HistoryProblem.OrProblemAsync(http, async session =>
            {
                var export = new ExportQuestion(question.Query, question.RangeOf(session.State, null, null), now);
                return TypedResults.Json(new ExportCount(await session.History.CountAsync(export, http.RequestAborted)), ApiJson.Context.ExportCount);
            })
            : problem!;
    }

    private static async Task SendAsync(HttpContext http, IEventHistory history, ExportQuestion export, string? format)
    {
        if (http.Response.SupportsTrailers())
        {
            http.Response.DeclareTrailer(Written);
        }

        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        IExportFormat writer = format switch
        {
            ExportFormats.Csv => new CsvExport(),
            ExportFormats.Perfetto => new PerfettoExport(),
            _ => new JsonExport(isArray: format == ExportFormats.Json),
        };
        try
        {
            var written = await history.ExportAsync(export, writer, http.Response.Body, http.RequestAborted);
            if (http.Response.SupportsTrailers())
            {
                http.Response.AppendTrailer(Written, written.ToString(CultureInfo.InvariantCulture));
            }
        }
        catch (Exception failed) when (failed is HistoryUnavailableException or TimeoutException && http.Response.HasStarted)
        {
            // An answer that has begun can only be cut off: the client sees that it is not whole.
            http.Abort();
        }
    }

    private static async Task SendParquetAsync(HttpContext http, IEventHistory history, ExportQuestion export)
    {
        var file = http.RequestServices.GetRequiredService<HistorySessions>().NewPart();
        try
        {
            await history.ExportParquetAsync(export, file, http.RequestAborted);
            await http.Response.SendFileAsync(file, http.RequestAborted);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
