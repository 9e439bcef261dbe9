using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Monitoring.Contracts.State;

/// <summary>What this project itself puts into an event's <c>meta</c>, under a name of its own.</summary>
internal static class MetaRecord
{
    /// <summary>Null when there is none that can be read.</summary>
    public static T? Read<T>(MonitoringEvent monitoringEvent, string field, JsonTypeInfo<T> type)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(monitoringEvent);
        try
        {
            return monitoringEvent.Meta is { ValueKind: JsonValueKind.Object } meta && meta.TryGetProperty(field, out var found) ? found.Deserialize(type) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
