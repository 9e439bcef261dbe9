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

/// <summary>Why a task waits.</summary>
/// <param name="IsWaiting">Whether it waits at all.</param>
/// <param name="Parts">The sentence in pieces.</param>
public sealed record WhyAnswer(bool IsWaiting, IReadOnlyList<WhyPart> Parts);

/// <summary>A piece of the sentence.</summary>
/// <param name="Text">As it stands in the sentence, with its spaces.</param>
/// <param name="Kind"><c>task</c>, <c>run</c>, <c>queue</c>, <c>worker</c> or <c>workers</c>; absent for words in between.</param>
/// <param name="Id">Which one; absent where the kind needs none.</param>
public sealed record WhyPart(string Text, string? Kind = null, string? Id = null);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(TaskAnswer))]
[JsonSerializable(typeof(RunAnswer))]
[JsonSerializable(typeof(WhyAnswer))]
internal sealed partial class StoryJson : JsonSerializerContext;
