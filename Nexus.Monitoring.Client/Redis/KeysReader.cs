using System.Text.Json;
using Nexus.Monitoring.Contracts.Filters;

namespace Nexus.Monitoring.Client.Redis;

/// <summary>Reads from an event's JSON only what decides on which channels it goes.</summary>
internal static class KeysReader
{
    public static EventKeys Read(ReadOnlySpan<byte> eventJson)
    {
        string eventType = "", projectId = "";
        var reader = new Utf8JsonReader(eventJson);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != 1)
            {
                continue;
            }

            var isType = reader.ValueTextEquals("event_type"u8);
            var isProject = reader.ValueTextEquals("project_id"u8);
            reader.Read();
            if (isType)
            {
                eventType = reader.GetString() ?? "";
            }
            else if (isProject)
            {
                projectId = reader.GetString() ?? "";
            }
            else
            {
                reader.Skip();
            }
        }

        return new EventKeys(eventType, projectId, null, null);
    }
}
