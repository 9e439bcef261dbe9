using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using Nexus.Monitoring.Api.Problems;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Api.Views;
using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.Views;

namespace Nexus.Monitoring.Api.Http.Views;

/// <summary>Saved views and boards: read with <c>ETag</c>, written with <c>If-Match</c>, so that nobody overwrites what they have not seen.</summary>
internal static class ViewEndpoints
{
    private const int MaxBytes = 128 * 1024;

    public static void MapViews(this IEndpointRouteBuilder endpoints)
    {
        Map(endpoints, "/api/views", DocumentKinds.View, "View", "Views");
        Map(endpoints, "/api/boards", DocumentKinds.Board, "Board", "Boards");
    }

    private static void Map<T>(IEndpointRouteBuilder endpoints, string path, DocumentKind<T> kind, string one, string many)
        where T : SharedDocument
    {
        var group = endpoints.MapGroup(path).WithTags("Views");
        group.MapGet("/", (HttpContext http, DocumentStore store) => AnswerAsync(http, () => ListAsync(http, store, kind)))
            .WithName($"List{many}")
            .WithSummary($"All saved {kind.One}s in their order. If-None-Match with the ETag of the last answer gives 304 while nothing has changed.")
            .Produces<DocumentList<T>>()
            .Produces(StatusCodes.Status304NotModified)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        group.MapGet("/{id}", (string id, HttpContext http, DocumentStore store) => AnswerAsync(http, () => GetAsync(id, http, store, kind)))
            .WithName($"Get{one}")
            .WithSummary($"One saved {kind.One}; its ETag is its version.")
            .Produces<T>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        group.MapPut("/{id}", (string id, HttpContext http, DocumentStore store) => AnswerAsync(http, () => PutAsync(id, http, store, kind)))
            .WithName($"Put{one}")
            .WithSummary($"Saves a {kind.One}: a new one with If-None-Match: *, a changed one with If-Match and the version it replaces.")
            .Accepts<T>("application/json")
            .Produces<T>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed)
            .ProducesProblem(StatusCodes.Status428PreconditionRequired)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        group.MapDelete("/{id}", (string id, HttpContext http, DocumentStore store) => AnswerAsync(http, () => DeleteAsync(id, http, store, kind)))
            .WithName($"Delete{one}")
            .WithSummary($"Deletes a saved {kind.One}, with If-Match and the version that is deleted.")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed)
            .ProducesProblem(StatusCodes.Status428PreconditionRequired)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<IResult> AnswerAsync(HttpContext http, Func<Task<IResult>> answer)
    {
        try
        {
            return await answer();
        }
        catch (LogAwayException away)
        {
            return Problem.LogAway(http, away.Message);
        }
    }

    private static async Task<IResult> ListAsync<T>(HttpContext http, DocumentStore store, DocumentKind<T> kind)
        where T : SharedDocument
    {
        var (items, revision) = await store.ReadAsync(kind);
        var tag = $"\"{revision}\"";
        http.Response.Headers.ETag = tag;
        http.Response.Headers.CacheControl = "no-cache";
        return http.Request.Headers.IfNoneMatch == tag
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Json(new DocumentList<T>(items), kind.ListJson);
    }

    private static async Task<IResult> GetAsync<T>(string id, HttpContext http, DocumentStore store, DocumentKind<T> kind)
        where T : SharedDocument
    {
        var (items, _) = await store.ReadAsync(kind);
        return items.FirstOrDefault(item => item.Id == id) is { } found ? Send(http, found, kind) : Missing(id, kind);
    }

    private static async Task<IResult> PutAsync<T>(string id, HttpContext http, DocumentStore store, DocumentKind<T> kind)
        where T : SharedDocument
    {
        if (!TryReadCondition(http.Request, mayBeNew: true, out var expected, out var problem))
        {
            return problem!;
        }

        var (document, bad) = await ReadBodyAsync(http, kind);
        if (document is null)
        {
            return bad!;
        }

        if (document.Id != id)
        {
            return Problem.BadParameter(new FilterError("id", document.Id ?? "", $"only that of the path, '{id}', is allowed"));
        }

        if (DocumentRules.Check(document) is { } error)
        {
            return Problem.BadParameter(error);
        }

        return Answer(http, id, await store.WriteAsync(kind, document, expected), kind);
    }

    private static async Task<IResult> DeleteAsync<T>(string id, HttpContext http, DocumentStore store, DocumentKind<T> kind)
        where T : SharedDocument =>
        TryReadCondition(http.Request, mayBeNew: false, out var expected, out var problem)
            ? Answer(http, id, await store.DeleteAsync(kind, id, expected), kind)
            : problem!;

    private static IResult Answer<T>(HttpContext http, string id, WriteResult<T> result, DocumentKind<T> kind)
        where T : SharedDocument => result switch
        {
            { Outcome: WriteOutcome.Done, Document: { } written } => Send(http, written, kind),
            { Outcome: WriteOutcome.Done } => TypedResults.NoContent(),
            { Outcome: WriteOutcome.Missing } => Missing(id, kind),
            { Outcome: WriteOutcome.Full } => Problem.Of(
                StatusCodes.Status409Conflict, "There is no room.", $"There are {kind.Limit} {kind.One}s already, the most there may be; delete one first."),
            { Document: { } present } => Problem.Of(
                StatusCodes.Status412PreconditionFailed,
                "It was changed meanwhile.",
                $"The {kind.One} '{present.Name}' is at version {present.Version} now; read it again, then change it."),
            _ => Missing(id, kind),
        };

    private static JsonHttpResult<T> Send<T>(HttpContext http, T document, DocumentKind<T> kind)
        where T : SharedDocument
    {
        http.Response.Headers.ETag = $"\"{document.Version}\"";
        http.Response.Headers.CacheControl = "no-cache";
        return TypedResults.Json(document, kind.Json);
    }

    private static ProblemHttpResult Missing<T>(string id, DocumentKind<T> kind)
        where T : SharedDocument => Problem.NotFound($"There is no {kind.One} '{id}'; somebody may have deleted it.");

    /// <param name="request">The request.</param>
    /// <param name="mayBeNew">Whether <c>If-None-Match: *</c> has a meaning.</param>
    /// <param name="expected">0 for what must be new, null for whatever is there.</param>
    /// <param name="problem">What to answer when the answer is false.</param>
    private static bool TryReadCondition(HttpRequest request, bool mayBeNew, out long? expected, out IResult? problem)
    {
        (expected, problem) = (null, null);
        var (match, noneMatch) = (request.Headers.IfMatch.ToString(), request.Headers.IfNoneMatch.ToString());
        if (mayBeNew && noneMatch == "*" && match.Length == 0)
        {
            expected = 0;
            return true;
        }

        if (match == "*")
        {
            return true;
        }

        if (EntityTagHeaderValue.TryParse(match, out var tag)
            && long.TryParse(tag.Tag.AsSpan().Trim('"'), System.Globalization.NumberStyles.None, null, out var version) && version > 0)
        {
            expected = version;
            return true;
        }

        problem = match.Length > 0
            ? Problem.BadParameter(new FilterError(HeaderNames.IfMatch, match, "a version in quotes, as the ETag has it, or * is allowed"))
            : Problem.Of(
                StatusCodes.Status428PreconditionRequired,
                "A condition is missing.",
                $"Send If-Match with the version that you saw{(mayBeNew ? ", or If-None-Match: * for a new one" : "")}, so that no other change is lost.");
        return false;
    }

    private static async Task<(T? Document, IResult? Problem)> ReadBodyAsync<T>(HttpContext http, DocumentKind<T> kind)
        where T : SharedDocument
    {
        var body = new MemoryStream();
        var buffer = new byte[8 * 1024];
        for (int read; (read = await http.Request.Body.ReadAsync(buffer, http.RequestAborted)) > 0;)
        {
            if (body.Length + read > MaxBytes)
            {
                return (null, Problem.Of(
                    StatusCodes.Status413PayloadTooLarge, "The body is too large.", $"A {kind.One} has at most {MaxBytes} bytes."));
            }

            body.Write(buffer, 0, read);
        }

        try
        {
            return JsonSerializer.Deserialize(body.GetBuffer().AsSpan(0, (int)body.Length), kind.Json) is { } document
                ? (document, null)
                : (null, NotValid("it is null"));
        }
        catch (JsonException bad)
        {
            return (null, NotValid(bad.Message));
        }

        IResult NotValid(string why) => Problem.Of(StatusCodes.Status400BadRequest, "The body is not valid.", $"The body is no {kind.One}: {why}");
    }
}
