using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Microsoft.Net.Http.Headers;
using Nexus.Monitoring.Contracts.Filters;

namespace Nexus.Monitoring.Api.WebSockets;

/// <summary>What is wrong with a request that wants to be upgraded; the framework only says that it is not one.</summary>
/// <seealso href="https://www.rfc-editor.org/rfc/rfc6455#section-4.2.1"/>
internal static class UpgradeRequest
{
    private const int KeyBytes = 16;

    /// <summary>False for a request that does not ask for a WebSocket, and for one that asks for it by the book.</summary>
    public static bool TryFindProblem(HttpRequest request, [NotNullWhen(true)] out FilterError? problem)
    {
        problem = null;
        if (!request.Headers.Upgrade.ToString().Equals("websocket", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        if (HttpProtocol.IsHttp10(request.Protocol))
        {
            problem = new FilterError("The protocol", request.Protocol, "HTTP/1.1 or later is allowed for a WebSocket");
        }
        else if (!IsKey(request.Headers.SecWebSocketKey.ToString()))
        {
            problem = new FilterError(HeaderNames.SecWebSocketKey, request.Headers.SecWebSocketKey.ToString(), "16 bytes in base64 are allowed");
        }

        return problem is not null;
    }

    private static bool IsKey(string key) =>
        Base64.IsValid(key, out var length) && length == KeyBytes && Encoding.ASCII.GetByteCount(key) == key.Length;
}
