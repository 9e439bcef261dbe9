using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Nexus.Monitoring.Web.Api;

/// <summary>Why a question has no answer; the message is a sentence for people.</summary>
internal sealed partial class ApiProblemException(string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>What the API answered; absent when it did not.</summary>
    public HttpStatusCode? Status { get; private init; }

    /// <summary>The column of a query that is not valid, from 1.</summary>
    public int? Column { get; private init; }

    public static async Task<ApiProblemException> OfAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        Details? details = null;
        try
        {
            details = await response.Content.ReadFromJsonAsync(DetailsJson.Default.Details, cancellationToken);
        }
        catch (JsonException)
        {
            // Whoever answered, it was not the API itself: the status has to do.
        }

        return new ApiProblemException(details?.Detail ?? details?.Title ?? $"The API answered {(int)response.StatusCode}.")
        {
            Status = response.StatusCode,
            Column = details?.Column,
        };
    }

    /// <seealso href="https://www.rfc-editor.org/rfc/rfc9457"/>
    private sealed record Details(string? Title, string? Detail, int? Column);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
    [JsonSerializable(typeof(Details))]
    private sealed partial class DetailsJson : JsonSerializerContext;
}
