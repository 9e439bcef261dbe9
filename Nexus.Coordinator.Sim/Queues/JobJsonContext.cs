using System.Text.Json.Serialization;

namespace Nexus.Coordinator.Sim.Queues;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(JobPriorityConverter)])]
[JsonSerializable(typeof(Job))]
[JsonSerializable(typeof(JobResult))]
[JsonSerializable(typeof(RunRecord))]
internal sealed partial class JobJsonContext : JsonSerializerContext;
