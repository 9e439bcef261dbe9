using System.Net.WebSockets;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Contracts.Frames;

namespace Nexus.Monitoring.Api.WebSockets;

/// <summary>One client's stream: its session sends, this class listens, and whoever ends first ends both.</summary>
internal sealed class WebSocketConnection(FrameConnection connection, IStreamSession session, SessionContext context) : ITextHandler
{
    private (int Code, string Reason)? _refusal;

    public async Task RunAsync()
    {
        var listening = ListenAsync();
        try
        {
            var end = await session.RunAsync(CancellationToken.None);
            var (code, reason) = CloseReason.Of(end, session.Position) ?? _refusal ?? ((int)WebSocketCloseStatus.NormalClosure, "");
            await connection.CloseAsync(code, reason);
        }
        catch (Exception error) when (FrameConnection.IsLost(error))
        {
            // The connection broke; the client comes back with its cursor.
        }
        catch (Exception)
        {
            var (code, reason) = CloseReason.OfFailure(session.Position);
            await connection.CloseAsync(code, reason);
            throw;
        }
        finally
        {
            await connection.EndAsync(listening);
        }
    }

    private async Task ListenAsync()
    {
        try
        {
            _refusal = await connection.ReadAsync(context.Options.MaxClientMessageBytes, this) ?? _refusal;
        }
        finally
        {
            session.End();
        }
    }

    async ValueTask<bool> ITextHandler.HandleAsync(ReadOnlyMemory<byte> message)
    {
        if (!JsonText.IsWellFormed(message.Span))
        {
            _refusal = (CloseCodes.BadRequest, JsonText.Problem);
            return false;
        }

        if (ClientMessageReader.Read(message, context.Time) is { } command)
        {
            await session.PostAsync(command);
        }
        else
        {
            context.Metrics.MessageIgnored();
        }

        return true;
    }
}
