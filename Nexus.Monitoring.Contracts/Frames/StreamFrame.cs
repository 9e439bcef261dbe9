using System.Text.Json.Serialization;

namespace Nexus.Monitoring.Contracts.Frames;

/// <summary>
/// A message of the stream that is not an event: it has <c>type</c> and no <c>event_type</c>. A frame whose type a reader does not
/// know arrives as this base class and is ignored.
/// </summary>
[JsonPolymorphic(
    TypeDiscriminatorPropertyName = "type",
    IgnoreUnrecognizedTypeDiscriminators = true,
    UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FallBackToBaseType)]
[JsonDerivedType(typeof(EventsFrame), "events")]
[JsonDerivedType(typeof(PingFrame), "ping")]
[JsonDerivedType(typeof(PongFrame), "pong")]
[JsonDerivedType(typeof(GapFrame), "gap")]
[JsonDerivedType(typeof(ResumedFrame), "resumed")]
[JsonDerivedType(typeof(FilterFrame), "filter")]
[JsonDerivedType(typeof(StatusFrame), "status")]
[JsonDerivedType(typeof(ClockFrame), "clock")]
public record StreamFrame;
