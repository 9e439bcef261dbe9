using System.Text.Json;
using Nexus.Monitoring.Api.Streaming;

namespace Nexus.Monitoring.Api.TimeMachine.Replays;

/// <summary>
/// What a client says to a replay: <c>{"type":"pause"}</c>, <c>{"type":"play"}</c>, <c>{"type":"seek","at":"2026-11-23T12:00:00Z"}</c>,
/// <c>{"type":"speed","speed":20}</c>.
/// </summary>
internal static class ReplayMessages
{
    public static ReplayCommand Read(string type, JsonElement message, DateTimeOffset now) => type switch
    {
        "pause" => new ReplayCommand(IsPlaying: false),
        "seek" => Seek(Text(message, ReplayRequest.SeekParameter), now),
        "speed" => Speed(Text(message, ReplayRequest.SpeedParameter)),
        _ => new ReplayCommand(IsPlaying: true),
    };

    public static ReplayCommand Seek(string? at, DateTimeOffset now) =>
        Instant.TryParse(ReplayRequest.SeekParameter, at, now, out var instant, out var error)
            ? new ReplayCommand(Seek: instant.Upto, SeekTime: instant.At)
            : new ReplayCommand(Problem: error.ToString());

    public static ReplayCommand Speed(string? text) =>
        !string.IsNullOrEmpty(text) && ReplayRequest.TryParseSpeed(text, out var speed, out var error)
            ? new ReplayCommand(Speed: speed)
            : new ReplayCommand(Problem: $"speed is '{text}'; a number from 1 to 100 is allowed.");

    private static string? Text(JsonElement message, string name) => !message.TryGetProperty(name, out var value) ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : value.GetRawText();
}
