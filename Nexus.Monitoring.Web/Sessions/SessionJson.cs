using System.Text.Json.Serialization;

namespace Nexus.Monitoring.Web.Sessions;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(IReadOnlyList<SessionFile>))]
[JsonSerializable(typeof(ImportAnswer))]
[JsonSerializable(typeof(SessionRuns))]
internal sealed partial class SessionJson : JsonSerializerContext;
