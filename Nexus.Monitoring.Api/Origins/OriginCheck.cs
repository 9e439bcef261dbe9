using Nexus.Monitoring.Api.Problems;

namespace Nexus.Monitoring.Api.Origins;

/// <summary>
/// Refuses what a foreign web page could start although the browser would not show it the answer: WebSocket handshakes, everything under
/// <c>/hubs</c>, and requests that change something.
/// </summary>
internal static class OriginCheck
{
    public static IApplicationBuilder UseOriginCheck(this IApplicationBuilder app) => app.Use(static async (context, next) =>
    {
        var policy = context.RequestServices.GetRequiredService<OriginPolicy>();
        if (!IsGuarded(context) || policy.IsAllowed(context.Request))
        {
            await next(context);
            return;
        }

        await Problem.Of(
            StatusCodes.Status403Forbidden,
            "The origin is not allowed.",
            $"Origin is '{context.Request.Headers.Origin}'; this service's own origin and those in {MonitoringApiOptions.SectionName}:{nameof(MonitoringApiOptions.AllowedOrigins)} are allowed.")
            .ExecuteAsync(context);
    });

    private static bool IsGuarded(HttpContext context) =>
        context.WebSockets.IsWebSocketRequest
        || context.Request.Path.StartsWithSegments("/hubs", StringComparison.OrdinalIgnoreCase)
        || !(HttpMethods.IsGet(context.Request.Method)
            || HttpMethods.IsHead(context.Request.Method)
            || HttpMethods.IsOptions(context.Request.Method));
}
