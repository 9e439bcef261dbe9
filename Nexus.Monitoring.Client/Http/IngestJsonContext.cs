using System.Text.Json.Serialization;

namespace Nexus.Monitoring.Client.Http;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(IngestAnswer))]
[JsonSerializable(typeof(IngestProblem))]
internal sealed partial class IngestJsonContext : JsonSerializerContext;
