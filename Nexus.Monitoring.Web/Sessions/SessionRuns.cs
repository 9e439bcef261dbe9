using System.Text.Json;
using System.Text.Json.Serialization;
using Nexus.Monitoring.Contracts.Json;
using Nexus.Monitoring.Contracts.State;

namespace Nexus.Monitoring.Web.Sessions;

/// <summary>A part of the runs of a session, the one changed last first.</summary>
/// <param name="ItemsJson">How they stood in the end.</param>
/// <param name="Next">What the part after it is asked for with; null at the end.</param>
internal sealed record SessionRuns([property: JsonPropertyName("items")] JsonElement ItemsJson, string? Next)
{
    [JsonIgnore]
    public IEnumerable<RunState> Items => ItemsJson.EnumerateArray().Select(item => item.Deserialize(MonitoringJson.Context.RunState)!);
}
