using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Contracts.Filters;

namespace Nexus.Monitoring.Api.SignalR;

/// <summary>What <c>Subscribe(filter, cursor)</c> asks for.</summary>
internal static class HubRequest
{
    public static bool TryRead(
        JsonElement filter,
        string? cursor,
        TimeProvider time,
        [NotNullWhen(true)] out StreamRequest? request,
        [NotNullWhen(false)] out FilterError? error)
    {
        request = null;
        if (!FilterJson.TryRead(filter, out var parsed, out error))
        {
            return false;
        }

        string? slow = null;
        if (filter.ValueKind == JsonValueKind.Object && filter.TryGetProperty(StreamRequest.SlowParameter, out var value))
        {
            slow = value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText();
        }

        return StreamRequest.TryCreate(parsed, cursor, slow, time.GetUtcNow(), out request, out error);
    }
}
