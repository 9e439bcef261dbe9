using System.Text.Json;
using System.Text.Json.Serialization;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.History;
using Nexus.Monitoring.Contracts.Json;

namespace Nexus.Monitoring.Web.Stories;

/// <summary>What the API tells of one task, as far as a page needs it.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="EventsJson">Its events in the log's order; absent where no history is kept.</param>
internal sealed record TaskAnswer(string TaskId, [property: JsonPropertyName("events")] JsonElement? EventsJson)
{
    [JsonIgnore]
    public IReadOnlyList<MonitoringEvent>? Events => EventsJson?.Deserialize(MonitoringJson.Context.ListMonitoringEvent);
}

/// <summary>What the API tells of one run, as far as a page needs it.</summary>
/// <param name="RunId">The run.</param>
/// <param name="CriticalPath">Which attempts it waited for; absent where no history is kept.</param>
/// <param name="StartedAt">When it began; absent when that is not known.</param>
/// <param name="EndedAt">When it ended.</param>
internal sealed record RunAnswer(
    string RunId, IReadOnlyList<CriticalStep>? CriticalPath, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(TaskAnswer))]
[JsonSerializable(typeof(RunAnswer))]
internal sealed partial class StoryJson : JsonSerializerContext;
