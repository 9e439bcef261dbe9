using Microsoft.Extensions.Options;

namespace Nexus.Monitoring.Api.Origins;

/// <summary>
/// Which web pages may talk to this service. Browsers name the page's origin with every WebSocket handshake and every unsafe request;
/// programs that are no browsers send none and are let through.
/// </summary>
internal sealed class OriginPolicy(IOptions<MonitoringApiOptions> options)
{
    private readonly HashSet<string> _allowed = new(options.Value.AllowedOrigins, StringComparer.OrdinalIgnoreCase);

    public bool IsAllowed(HttpRequest request)
    {
        var origins = request.Headers.Origin;
        return origins.Count == 0
            || (origins is [{ Length: > 0 } origin]
                && (_allowed.Contains(origin) || origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase)));
    }
}
