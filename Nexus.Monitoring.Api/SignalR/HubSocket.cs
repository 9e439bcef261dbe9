using System.Text.Json;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Api.WebSockets;
using Nexus.Monitoring.Contracts.Frames;

namespace Nexus.Monitoring.Api.SignalR;

/// <summary>
/// One hub client on a WebSocket, served in the JSON protocol without the library's pipes and calls, so that clients share what is encoded.
/// Its other transports are the library's.
/// </summary>
internal sealed class HubSocket(FrameConnection connection, SessionContext context) : ISwept
{
    private const string SubscribeMethod = "Subscribe";

    /// <summary>The library's values, which its clients expect.</summary>
    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan ClientTimeout = TimeSpan.FromSeconds(30);

    private StreamSession? _session;
    private Task _running = Task.CompletedTask;
    private Task _ping = Task.CompletedTask;
    private bool _isGreeted;
    private long _pinged = context.Time.GetTimestamp();
    private long _heard = context.Time.GetTimestamp();

    public async Task RunAsync()
    {
        context.Sweep.Add(this);
        try
        {
            if (await connection.ReadAsync(context.Options.MaxClientMessageBytes, HandleAsync) is var (code, reason))
            {
                await connection.CloseAsync(code, reason);
            }
        }
        finally
        {
            context.Sweep.Remove(this);
            await StopAsync();
            await connection.EndAsync(Task.CompletedTask);
        }
    }

    /// <inheritdoc/>
    public void Tick(long now)
    {
        if (context.Time.GetElapsedTime(Volatile.Read(ref _heard), now) > ClientTimeout
            || (context.Feed.IsStopping && Volatile.Read(ref _session) is null))
        {
            connection.Abort();
        }
        else if (context.Time.GetElapsedTime(_pinged, now) >= PingInterval && _ping.IsCompleted)
        {
            _pinged = now;
            _ping = PingAsync();
        }
    }

    private async Task PingAsync()
    {
        try
        {
            await connection.Output.SendAsync(HubRecords.Ping);
        }
        catch (Exception error) when (FrameConnection.IsLost(error))
        {
            // Whoever reads finds out.
        }
    }

    private async ValueTask<bool> HandleAsync(ReadOnlyMemory<byte> message)
    {
        Volatile.Write(ref _heard, context.Time.GetTimestamp());
        while (!message.IsEmpty)
        {
            var end = message.Span.IndexOf(HubRecords.End);
            if (end < 0 || !await HandleRecordAsync(message[..end]))
            {
                await connection.CloseAsync(CloseCodes.BadRequest, end < 0 ? "A record ends in 0x1E." : "");
                return false;
            }

            message = message[(end + 1)..];
        }

        return true;
    }

    /// <summary>False to close.</summary>
    private async ValueTask<bool> HandleRecordAsync(ReadOnlyMemory<byte> record)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(record);
        }
        catch (JsonException)
        {
            return false;
        }

        using (document)
        {
            return document.RootElement.ValueKind == JsonValueKind.Object
                && (_isGreeted ? await HandleAsync(document.RootElement) : await GreetAsync(document.RootElement));
        }
    }

    private async ValueTask<bool> GreetAsync(JsonElement handshake)
    {
        var protocol = Text(handshake, "protocol");
        _isGreeted = protocol == "json";
        await connection.Output.SendAsync(_isGreeted
            ? HubRecords.HandshakeDone
            : HubRecords.HandshakeFailed($"The protocol '{protocol}' is not supported; json is."));
        return _isGreeted;
    }

    private async ValueTask<bool> HandleAsync(JsonElement record)
    {
        const int Invocation = 1;
        const int StreamInvocation = 4;
        const int Close = 7;
        var type = record.TryGetProperty("type", out var number) && number.TryGetInt32(out var known) ? known : 0;
        if (type is not (Invocation or StreamInvocation))
        {
            return type != Close;
        }

        var invocationId = Text(record, "invocationId");
        var target = Text(record, "target");
        if (type == StreamInvocation || !string.Equals(target, SubscribeMethod, StringComparison.OrdinalIgnoreCase))
        {
            await CompleteAsync(invocationId, $"target is '{target}'; {SubscribeMethod} is allowed.");
            return true;
        }

        await SubscribeAsync(invocationId, record.TryGetProperty("arguments", out var arguments) ? arguments : default);
        return true;
    }

    private async ValueTask SubscribeAsync(string? invocationId, JsonElement arguments)
    {
        var count = arguments.ValueKind == JsonValueKind.Array ? arguments.GetArrayLength() : 0;
        if (count != 2 || arguments[1].ValueKind is not (JsonValueKind.String or JsonValueKind.Null))
        {
            await CompleteAsync(invocationId, $"{SubscribeMethod} takes two arguments: a filter or null, and a cursor or null.");
            return;
        }

        if (!HubRequest.TryRead(arguments[0], arguments[1].GetString(), context.Time, out var request, out var error))
        {
            await CompleteAsync(invocationId, error.ToString());
            return;
        }

        await StopAsync();
        await CompleteAsync(invocationId, null);
        var session = new StreamSession(context, request, new HubFrameSink(connection));
        Volatile.Write(ref _session, session);
        _running = RunAsync(session);
    }

    private ValueTask CompleteAsync(string? invocationId, string? error) =>
        invocationId is null ? default : connection.Output.SendAsync(HubRecords.Completion(invocationId, error));

    private async Task RunAsync(StreamSession session)
    {
        try
        {
            var end = await session.RunAsync(CancellationToken.None);
            if (end is SessionEnd.ShuttingDown or SessionEnd.SlowConsumer)
            {
                var (code, why) = end == SessionEnd.SlowConsumer ? (CloseCodes.SlowConsumer, "Slow consumer") : (CloseCodes.GoingAway, "Shutting down");
                var reason = $"{why}; come back with cursor={session.Position}";
                await connection.Output.SendAsync(HubRecords.Close(end == SessionEnd.SlowConsumer ? reason : null));
                await connection.CloseAsync(code, reason);
            }
        }
        catch (Exception error) when (FrameConnection.IsLost(error))
        {
            // The connection broke; the client comes back with its cursor.
            connection.Abort();
        }
    }

    private async Task StopAsync()
    {
        _session?.End();
        await _running;
    }

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
