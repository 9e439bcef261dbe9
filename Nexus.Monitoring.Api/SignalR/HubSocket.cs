using System.Text.Json;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Api.TimeMachine.Replays;
using Nexus.Monitoring.Api.WebSockets;
using Nexus.Monitoring.Contracts.Frames;

namespace Nexus.Monitoring.Api.SignalR;

/// <summary>
/// One hub client on a WebSocket, served in the JSON protocol without the library's pipes and calls, so that clients share what is encoded.
/// Its other transports are the library's.
/// </summary>
internal sealed class HubSocket(FrameConnection connection, SessionContext context, ReplayContext replays, string? client, ILogger logger)
    : ISwept, ITextHandler
{
    private const string SubscribeMethod = "Subscribe";

    /// <summary>The library's values, which its clients expect.</summary>
    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan ClientTimeout = TimeSpan.FromSeconds(30);

    private IStreamSession? _session;
    private Task _running = Task.CompletedTask;
    private Task _ping = Task.CompletedTask;
    private bool _isGreeted;
    private long _pinged = context.Time.GetTimestamp();
    private long _heard = context.Time.GetTimestamp();
    private Task? _leaving;
    private long _leftAt;

    public async Task RunAsync()
    {
        context.Sweep.Add(this);
        try
        {
            if (await connection.ReadAsync(context.Options.MaxClientMessageBytes, this) is var (code, reason))
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
        if (Volatile.Read(ref _leaving) is not null)
        {
            if (context.Time.GetElapsedTime(Volatile.Read(ref _leftAt), now) >= FrameConnection.CloseTimeout)
            {
                connection.Abort();
            }
        }
        else if (context.Time.GetElapsedTime(Volatile.Read(ref _heard), now) > ClientTimeout)
        {
            connection.Abort();
        }
        else if (context.Feed.IsStopping && Volatile.Read(ref _session) is null)
        {
            // Nothing was asked for yet, so there is no cursor to come back with.
            _ = LeaveAsync(CloseCodes.GoingAway, "Shutting down", null);
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

    async ValueTask<bool> ITextHandler.HandleAsync(ReadOnlyMemory<byte> message)
    {
        Volatile.Write(ref _heard, context.Time.GetTimestamp());
        while (!message.IsEmpty)
        {
            var end = message.Span.IndexOf(HubRecords.End);
            if (end < 0 || !await HandleRecordAsync(message[..end]))
            {
                await connection.CloseAsync(
                    CloseCodes.BadRequest, end < 0 ? "A record ends in 0x1E." : JsonText.IsWellFormed(message[..end].Span) ? "" : JsonText.Problem);
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
                && JsonText.IsWellFormed(record.Span)
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
        var type = record.TryGetProperty("type", out var number) && number.ValueKind == JsonValueKind.Number && number.TryGetInt32(out var known) ? known : 0;
        if (type is not (Invocation or StreamInvocation))
        {
            return type != Close;
        }

        var invocationId = Text(record, "invocationId");
        var target = Text(record, "target");
        var arguments = record.TryGetProperty("arguments", out var given) ? given : default;
        if (type == Invocation && string.Equals(target, SubscribeMethod, StringComparison.OrdinalIgnoreCase))
        {
            await SubscribeAsync(invocationId, arguments);
        }
        else if (type == Invocation && string.Equals(target, HubReplay.Method, StringComparison.OrdinalIgnoreCase))
        {
            await ReplayAsync(invocationId, arguments);
        }
        else if (type == Invocation && HubReplay.Command(target, HubReplay.Text(arguments, 0), context.Time) is { } command)
        {
            await CommandAsync(invocationId, target!, command);
        }
        else
        {
            await CompleteAsync(invocationId, $"target is '{target}'; {SubscribeMethod} or {HubReplay.Method} is allowed.");
        }

        return true;
    }

    private async ValueTask ReplayAsync(string? invocationId, JsonElement arguments)
    {
        var filter = arguments.ValueKind == JsonValueKind.Array && arguments.GetArrayLength() > 0 ? arguments[0] : default;
        if (!HubReplay.TryRead(filter, HubReplay.Text(arguments, 1), HubReplay.Text(arguments, 2), context.Time, out var request, out var error))
        {
            await CompleteAsync(invocationId, error.ToString());
            return;
        }

        await StopAsync();
        if (!replays.TryEnter())
        {
            await CompleteAsync(invocationId, replays.WhyFull);
            return;
        }

        await CompleteAsync(invocationId, null);
        Start(new ReplaySession(replays, request, new HubFrameSink(connection)), replays.Leave);
    }

    private async ValueTask CommandAsync(string? invocationId, string target, ReplayCommand command)
    {
        var replay = Volatile.Read(ref _session) as ReplaySession;
        await CompleteAsync(
            invocationId, command.Problem ?? (replay is null ? $"{target} needs a running replay; {HubReplay.Method} begins one." : null));
        if (replay is not null && command.Problem is null)
        {
            await replay.PostAsync(new ClientCommand(Replay: command));
        }
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
        Start(new StreamSession(context, request with { Client = client }, new HubFrameSink(connection)), null);
    }

    private void Start(IStreamSession session, Action? ended)
    {
        Volatile.Write(ref _session, session);
        _running = RunAsync(session, ended);
    }

    private ValueTask CompleteAsync(string? invocationId, string? error) =>
        invocationId is null ? default : connection.Output.SendAsync(HubRecords.Completion(invocationId, error));

    private async Task RunAsync(IStreamSession session, Action? ended)
    {
        try
        {
            var end = await session.RunAsync(CancellationToken.None);
            if (CloseReason.Of(end, session.Position) is var (code, reason))
            {
                await LeaveAsync(code, reason, end == SessionEnd.ShuttingDown ? null : reason);
            }
        }
        catch (Exception error) when (FrameConnection.IsLost(error))
        {
            // The connection broke; the client comes back with its cursor.
            connection.Abort();
        }
        catch (Exception error)
        {
            logger.SessionFailed(error);
            var (code, reason) = CloseReason.OfFailure(session.Position);
            await LeaveAsync(code, reason, reason);
        }
        finally
        {
            ended?.Invoke();
        }
    }

    /// <summary>Says why, in the words of both protocols, and leaves the rest to the client; one that does not do its part is cut off.</summary>
    private Task LeaveAsync(int code, string reason, string? error)
    {
        Volatile.Write(ref _leftAt, context.Time.GetTimestamp());
        var leaving = SayWhyAsync(code, reason, error);
        Volatile.Write(ref _leaving, leaving);
        return leaving;
    }

    private async Task SayWhyAsync(int code, string reason, string? error)
    {
        try
        {
            await connection.Output.SendAsync(HubRecords.Close(error, allowReconnect: code != CloseCodes.BadRequest));
            await connection.CloseAsync(code, reason);
        }
        catch (Exception lost) when (FrameConnection.IsLost(lost))
        {
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
