using System.Text.Json.Serialization;
using Nexus.Monitoring.Api.History.Sessions;
using Nexus.Monitoring.Api.Http.Demo;
using Nexus.Monitoring.Api.Http.Demo.Chaos;
using Nexus.Monitoring.Api.Http.Exports;
using Nexus.Monitoring.Api.Http.Ingest;
using Nexus.Monitoring.Api.Http.Root;
using Nexus.Monitoring.Api.State;

namespace Nexus.Monitoring.Api;

/// <summary>Serialisers of what only this service answers; the wire itself is in Contracts.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(SnapshotMeta))]
[JsonSerializable(typeof(IngestAnswer))]
[JsonSerializable(typeof(DemoAnswer))]
[JsonSerializable(typeof(ChaosEffect))]
[JsonSerializable(typeof(ChaosList))]
[JsonSerializable(typeof(SimulatorAnswer))]
[JsonSerializable(typeof(ServiceIndex))]
[JsonSerializable(typeof(ImportAnswer))]
[JsonSerializable(typeof(IReadOnlyList<SessionFile>))]
[JsonSerializable(typeof(ExportCount))]
internal sealed partial class ApiJsonContext : JsonSerializerContext;
