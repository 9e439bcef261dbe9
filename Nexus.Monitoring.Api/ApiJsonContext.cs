using System.Text.Json.Serialization;
using Nexus.Monitoring.Api.State;

namespace Nexus.Monitoring.Api;

/// <summary>Serialisers of what only this service answers; the wire itself is in Contracts.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(SnapshotMeta))]
internal sealed partial class ApiJsonContext : JsonSerializerContext;
