using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Web.Browser.Tests.Hosting;

/// <summary>Imported sessions as docs/history.md has them, of NDJSON and in memory.</summary>
internal static class FakeSessions
{
    public static void MapSessions(this IEndpointRouteBuilder endpoints, FakeApi api)
    {
        endpoints.MapPost("/api/import", async (HttpRequest request) => await ImportAsync(api, request));
        endpoints.MapGet("/api/sessions", () => Results.Text(
            $"[{string.Join(',', api.Sessions.Keys.Order().Select(id => $$"""{"session":"{{id}}","imported_at":"2026-11-23T12:00:00Z","bytes":1234}"""))}]", "application/json"));
        endpoints.MapDelete("/api/sessions/{id}", (string id) => api.Sessions.TryRemove(id, out _) ? Results.NoContent() : Results.Problem(statusCode: 404));
        endpoints.MapGet("/api/runs", (string session) => Results.Bytes(api.Of(session).RunsJson(), "application/json"));
    }

    private static async Task<IResult> ImportAsync(FakeApi api, HttpRequest request)
    {
        var (session, imported, rejected) = (new FakeApi(), 0, 0);
        using var lines = new StreamReader(request.Body);
        while (await lines.ReadLineAsync() is { } line)
        {
            if (EventJson.TryRead(System.Text.Encoding.UTF8.GetBytes(line), out var entry, out _))
            {
                session.Append(entry with { Cursor = null });
                imported++;
            }
            else
            {
                rejected++;
            }
        }

        var id = (api.Sessions.Count + 1).ToString("x32", CultureInfo.InvariantCulture);
        api.Sessions[id] = session;
        return Results.Text($$"""{"session":"{{id}}","imported":{{imported}},"rejected":{{rejected}},"problems":[]}""", "application/json");
    }
}
