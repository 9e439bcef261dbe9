using System.Text.Json.Serialization;
using Nexus.Monitoring.Contracts.About;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.History;
using Nexus.Monitoring.Contracts.State;
using Nexus.Monitoring.Contracts.Stories;
using Nexus.Monitoring.Contracts.Views;

namespace Nexus.Monitoring.Contracts.Json;

/// <summary>Serialisers of all types of the wire, generated at build time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DictionaryKeyPolicy = JsonKnownNamingPolicy.Unspecified,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(MonitoringEvent))]
[JsonSerializable(typeof(List<MonitoringEvent>))]
[JsonSerializable(typeof(StreamFrame))]
[JsonSerializable(typeof(EventsFrame))]
[JsonSerializable(typeof(PingFrame))]
[JsonSerializable(typeof(PongFrame))]
[JsonSerializable(typeof(GapFrame))]
[JsonSerializable(typeof(ResumedFrame))]
[JsonSerializable(typeof(FilterFrame))]
[JsonSerializable(typeof(StatusFrame))]
[JsonSerializable(typeof(ClockFrame))]
[JsonSerializable(typeof(LiveStateSnapshot))]
[JsonSerializable(typeof(RunState))]
[JsonSerializable(typeof(TaskState))]
[JsonSerializable(typeof(WorkerState))]
[JsonSerializable(typeof(QueueState))]
[JsonSerializable(typeof(Verdict))]
[JsonSerializable(typeof(Dictionary<string, Verdict>))]
[JsonSerializable(typeof(Dictionary<string, Reinstatement>))]
[JsonSerializable(typeof(Reinstatement))]
[JsonSerializable(typeof(InstanceReport))]
[JsonSerializable(typeof(SeriesAnswer))]
[JsonSerializable(typeof(HeatmapAnswer))]
[JsonSerializable(typeof(IReadOnlyList<DurationProfile>))]
[JsonSerializable(typeof(IReadOnlyList<SlowAttempt>))]
[JsonSerializable(typeof(IReadOnlyList<WorkerUse>))]
[JsonSerializable(typeof(IReadOnlyList<ErrorGroupProfile>))]
[JsonSerializable(typeof(IReadOnlyList<ComparedProfile>))]
[JsonSerializable(typeof(IReadOnlyList<Attempt>))]
[JsonSerializable(typeof(IReadOnlyList<CriticalStep>))]
[JsonSerializable(typeof(CompletionAnswer))]
[JsonSerializable(typeof(TaskRow))]
[JsonSerializable(typeof(TaskPage))]
[JsonSerializable(typeof(DensityAnswer))]
[JsonSerializable(typeof(WhyAnswer))]
[JsonSerializable(typeof(SavedView))]
[JsonSerializable(typeof(SavedBoard))]
[JsonSerializable(typeof(DocumentList<SavedView>))]
[JsonSerializable(typeof(DocumentList<SavedBoard>))]
public sealed partial class MonitoringJsonContext : JsonSerializerContext;
