using Microsoft.AspNetCore.Http.Features;
using Nexus.Monitoring.Client.Reading;

namespace Nexus.Monitoring.Web.Sessions;

/// <summary>Passes an export from the browser on to the API as it comes: neither the dashboard nor a circuit holds it.</summary>
internal static class SessionImport
{
    public const string Path = "/monitoring/import";

    /// <summary>Another site cannot send these without asking first, which nobody answers.</summary>
    private static readonly string[] Types = ["application/x-ndjson", "application/vnd.apache.parquet"];

    public static void MapSessionImport(this IEndpointRouteBuilder endpoints) => endpoints.MapPost(Path, PostAsync).ExcludeFromDescription();

    private static async Task<IResult> PostAsync(HttpContext http, IHttpClientFactory clients)
    {
        if (!Types.Contains(http.Request.ContentType))
        {
            return TypedResults.Problem("Only an NDJSON or Parquet export can be imported.", statusCode: StatusCodes.Status415UnsupportedMediaType);
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            // The API has the limit.
            size.MaxRequestBodySize = null;
        }

        try
        {
            using var client = clients.CreateClient(ReaderBuilderExtensions.HttpClientName);
            client.Timeout = Timeout.InfiniteTimeSpan;
            using var request = new HttpRequestMessage(HttpMethod.Post, "api/import") { Content = new StreamContent(http.Request.Body) };
            request.Content.Headers.ContentType = new(http.Request.ContentType!);
            using var answer = await client.SendAsync(request, http.RequestAborted);
            return TypedResults.Text(
                await answer.Content.ReadAsStringAsync(http.RequestAborted), answer.Content.Headers.ContentType?.ToString(), statusCode: (int)answer.StatusCode);
        }
        catch (Exception away) when (away is HttpRequestException or IOException)
        {
            return TypedResults.Problem("The API is not reachable.", statusCode: StatusCodes.Status502BadGateway);
        }
    }
}
