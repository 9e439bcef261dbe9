using System.Text.Json.Serialization;

namespace Nexus.Fanout.Results;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(LoadResult))]
[JsonSerializable(typeof(IdleResult))]
[JsonSerializable(typeof(ReconnectResult))]
internal sealed partial class ResultJsonContext : JsonSerializerContext;
