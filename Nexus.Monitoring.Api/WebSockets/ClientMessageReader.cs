using System.Text.Json;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Api.TimeMachine.Replays;

namespace Nexus.Monitoring.Api.WebSockets;

/// <summary>Understands what a client says on an open stream; what it does not know says nothing, as with any other frame.</summary>
internal static class ClientMessageReader
{
    /// <summary>Null when the message is to be ignored.</summary>
    public static ClientCommand? Read(ReadOnlyMemory<byte> utf8, TimeProvider time)
    {
        if (utf8.Span.Trim(" \t\r\n"u8).SequenceEqual("ping"u8))
        {
            return ClientCommand.Ping;
        }

        try
        {
            using var document = JsonDocument.Parse(utf8);
            var message = document.RootElement;
            if (message.ValueKind != JsonValueKind.Object
                || !message.TryGetProperty("type", out var type)
                || type.ValueKind != JsonValueKind.String)
            {
                return null;
            }

            return type.GetString() switch
            {
                "ping" => ClientCommand.Ping,
                "filter" => FilterJson.TryRead(message, out var filter, out var error)
                    ? new ClientCommand(filter)
                    : new ClientCommand(FilterProblem: error.ToString()),
                "pause" or "play" or "resume" or "seek" or "speed" =>
                    new ClientCommand(Replay: ReplayMessages.Read(type.GetString()!, message, time.GetUtcNow())),
                _ => null,
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
