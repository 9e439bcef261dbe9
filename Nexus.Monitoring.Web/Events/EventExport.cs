using System.Buffers;
using System.Globalization;
using Nexus.Monitoring.Client.Reading;
using Nexus.Monitoring.Web.Api;
using Nexus.Monitoring.Web.Pages;

namespace Nexus.Monitoring.Web.Events;

/// <summary>Passes an export of the API on to a browser, piece by piece, so that its size does not matter.</summary>
internal static class EventExport
{
    public const string Path = "/monitoring/export";
    public const string WatchParameter = "watch";
    public const string TotalHeader = "Nexus-Export-Total";
    private const string WrittenTrailer = "Nexus-Export-Written";
    private const string ApiPath = "api/export";
    private const int PieceSize = 64 * 1024;

    private static readonly string[] PassedOn = ["format", "q", "project_id", "from", "to", "session"];

    public static void MapEventExport(this IEndpointRouteBuilder endpoints) => endpoints.MapGet(Path, GetAsync).ExcludeFromDescription();

    /// <summary>Where the browser downloads it.</summary>
    public static string Address(EventSelection selection, ExportProgress progress) =>
        PageAddress.With(Path, [("format", progress.Format.Name), .. selection.ToQuestion(), (WatchParameter, progress.Id)]);

    /// <summary>How many events an export would have.</summary>
    /// <exception cref="ApiProblemException">Nobody can say.</exception>
    public static async Task<long> CountAsync(ApiReader api, EventSelection selection, CancellationToken cancellationToken)
    {
        var total = await api.GetHeaderAsync(
            PageAddress.With(ApiPath, [("format", "ndjson"), .. selection.ToQuestion()]), TotalHeader, cancellationToken);
        return Number(total) ?? throw new ApiProblemException("The API did not say how many events there are.");
    }

    private static async Task GetAsync(HttpContext http, IHttpClientFactory clients, ExportWatch watch)
    {
        var progress = watch.Find(http.Request.Query[WatchParameter]);
        try
        {
            var problem = await SendAsync(http, clients, progress);
            progress?.End(problem);
        }
        catch (Exception cut) when (cut is HttpRequestException or IOException or OperationCanceledException)
        {
            progress?.End(http.RequestAborted.IsCancellationRequested ? "The browser ended the download." : "The API is not reachable.");
            await RefuseAsync(http, StatusCodes.Status502BadGateway, "The API is not reachable.");
        }
    }

    /// <returns>Why the file is not whole; null when it is.</returns>
    private static async Task<string?> SendAsync(HttpContext http, IHttpClientFactory clients, ExportProgress? progress)
    {
        using var client = clients.CreateClient(ReaderBuilderExtensions.HttpClientName);
        // Ends with the browser's request, however long it takes.
        client.Timeout = Timeout.InfiniteTimeSpan;
        (string, string?)[] parameters = [.. PassedOn.Select(name => (name, http.Request.Query[name].FirstOrDefault()))];
        using var answer = await client.GetAsync(
            PageAddress.With(ApiPath, parameters), HttpCompletionOption.ResponseHeadersRead, http.RequestAborted);
        if (!answer.IsSuccessStatusCode)
        {
            var refused = await ApiProblemException.OfAsync(answer, http.RequestAborted);
            await RefuseAsync(http, (int)answer.StatusCode, refused.Message);
            return refused.Message;
        }

        var total = answer.Headers.TryGetValues(TotalHeader, out var totals) ? totals.FirstOrDefault() : null;
        progress?.Begin(Number(total));
        http.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        http.Response.Headers.ContentDisposition = answer.Content.Headers.ContentDisposition?.ToString();
        http.Response.Headers[TotalHeader] = total;
        http.Response.Headers.CacheControl = "no-store";
        await PassOnAsync(answer, http, progress);
        var written = answer.TrailingHeaders.TryGetValues(WrittenTrailer, out var counts) ? counts.FirstOrDefault() : null;
        return written is null || total is null || written == total
            ? null
            : $"The file is not whole: {written} of {total} events came.";
    }

    private static async Task PassOnAsync(HttpResponseMessage answer, HttpContext http, ExportProgress? progress)
    {
        var piece = ArrayPool<byte>.Shared.Rent(PieceSize);
        try
        {
            await using var body = await answer.Content.ReadAsStreamAsync(http.RequestAborted);
            while (await body.ReadAsync(piece, http.RequestAborted) is > 0 and var length)
            {
                await http.Response.Body.WriteAsync(piece.AsMemory(0, length), http.RequestAborted);
                progress?.Add(length);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }

    private static async Task RefuseAsync(HttpContext http, int status, string sentence)
    {
        if (http.Response.HasStarted)
        {
            // The browser sees that what it has is not whole.
            http.Abort();
            return;
        }

        http.Response.StatusCode = status;
        await http.Response.WriteAsync(sentence, CancellationToken.None);
    }

    private static long? Number(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
