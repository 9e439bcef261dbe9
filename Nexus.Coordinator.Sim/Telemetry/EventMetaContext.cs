using System.Text.Json.Serialization;

namespace Nexus.Coordinator.Sim.Telemetry;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(RetryMeta))]
internal sealed partial class EventMetaContext : JsonSerializerContext;
