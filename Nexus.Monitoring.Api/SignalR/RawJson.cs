using System.Text.Json.Serialization;

namespace Nexus.Monitoring.Api.SignalR;

/// <summary>JSON that is already encoded; goes over the wire as it is.</summary>
[JsonConverter(typeof(RawJsonConverter))]
internal readonly record struct RawJson(ReadOnlyMemory<byte> Utf8);
