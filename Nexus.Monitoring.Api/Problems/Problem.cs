using Microsoft.AspNetCore.Http.HttpResults;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Contracts.Filters;

namespace Nexus.Monitoring.Api.Problems;

/// <summary>Problem details whose <c>detail</c> is a sentence for people; RFC 9457.</summary>
/// <seealso href="https://www.rfc-editor.org/rfc/rfc9457"/>
internal static class Problem
{
    /// <summary>Besides the sentence, what a form or a query box can point at.</summary>
    public static ProblemHttpResult BadParameter(FilterError error) => TypedResults.Problem(
        title: error.InQuery is null ? "A parameter is not valid." : "The query is not valid.",
        detail: error.InQuery?.ToString() ?? error.ToString(),
        statusCode: StatusCodes.Status400BadRequest,
        extensions:
        [
            new("parameter", error.Parameter), new("value", Shorten(error.Value)), new("allowed", error.Allowed),
            .. error.InQuery is { } wrong
                ? new KeyValuePair<string, object?>[]
                {
                    new("column", wrong.Column), new("length", wrong.Length), new("problem", wrong.Problem), new("expected", wrong.Expected),
                }
                : [],
        ]);

    public static ProblemHttpResult NotFound(string detail) =>
        TypedResults.Problem(title: "Not found.", detail: detail, statusCode: StatusCodes.Status404NotFound);

    public static ProblemHttpResult Of(int status, string title, string detail) =>
        TypedResults.Problem(title: title, detail: detail, statusCode: status);

    public static ProblemHttpResult Full(HttpContext context, StreamCapacity capacity)
    {
        context.Response.Headers.RetryAfter = "5";
        return Of(StatusCodes.Status503ServiceUnavailable, "The node is full.", capacity.WhyFull);
    }

    public static ProblemHttpResult LogAway(HttpContext context, string detail)
    {
        context.Response.Headers.RetryAfter = "2";
        return Of(StatusCodes.Status503ServiceUnavailable, "The log does not answer.", detail);
    }

    private static string Shorten(string value) => value.Length <= 256 ? value : value[..256] + "…";
}
