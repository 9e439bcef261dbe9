using System.Text.Json.Serialization;

namespace Nexus.Monitoring.Contracts.State.Checkpoints;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(CheckpointCore))]
internal sealed partial class CheckpointJsonContext : JsonSerializerContext;
