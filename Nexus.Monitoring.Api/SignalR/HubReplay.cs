using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Api.TimeMachine.Replays;
using Nexus.Monitoring.Contracts.Filters;

namespace Nexus.Monitoring.Api.SignalR;

/// <summary>
/// What <c>Replay(filter, from, speed)</c> asks for, and <c>Pause()</c>, <c>Play()</c>, <c>Seek(at)</c> and <c>Speed(speed)</c> of a running one.
/// </summary>
internal static class HubReplay
{
    public const string Method = "Replay";

    private static readonly string[] Commands = ["Pause", "Play", "Resume", "Seek", "Speed"];

    public static bool TryRead(
        JsonElement filter,
        string? from,
        string? speed,
        TimeProvider time,
        [NotNullWhen(true)] out ReplayRequest? request,
        [NotNullWhen(false)] out FilterError? error)
    {
        request = null;
        return HubRequest.TryRead(filter, null, time, out var stream, out error)
            && ReplayRequest.TryCreate(stream, from, speed, time.GetUtcNow(), out request, out error);
    }

    /// <summary>Null when the target is none of the methods; a problem when the argument is not valid.</summary>
    public static ReplayCommand? Command(string? target, string? argument, TimeProvider time) =>
        Commands.FirstOrDefault(command => command.Equals(target, StringComparison.OrdinalIgnoreCase)) switch
        {
            null => null,
            "Pause" => new ReplayCommand(IsPlaying: false),
            "Seek" => ReplayMessages.Seek(argument, time.GetUtcNow()),
            "Speed" => ReplayMessages.Speed(argument),
            _ => new ReplayCommand(IsPlaying: true),
        };

    /// <summary>An argument that may be a text or a number.</summary>
    public static string? Text(JsonElement arguments, int index) =>
        arguments.ValueKind != JsonValueKind.Array || arguments.GetArrayLength() <= index || arguments[index].ValueKind == JsonValueKind.Null ? null
        : arguments[index].ValueKind == JsonValueKind.String ? arguments[index].GetString()
        : arguments[index].GetRawText();
}
