using System.Buffers;
using System.Net.Sockets;

namespace Nexus.Monitoring.Api.WebSockets;

/// <summary>
/// Where frames that are ready to go leave this node. A frame, or a run of them, goes out whole before the next begins, whoever sends it.
/// After a close frame there is none: a send then fails as on a connection that is lost.
/// </summary>
/// <param name="stream">The upgraded connection.</param>
/// <param name="socket">Its socket, when bytes may be given to it directly; null when something, such as TLS, stands between.</param>
#pragma warning disable CA1001 // A semaphore whose wait handle nobody asks for holds nothing to dispose of.
internal sealed class FrameOutput(Stream stream, Socket? socket)
#pragma warning restore CA1001
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private bool _hasEnded;

    public ValueTask SendAsync(ReadOnlyMemory<byte> frames) => SendInTurnAsync(frames, isLast: false);

    /// <summary>Sends a close frame.</summary>
    public ValueTask SendLastAsync(ReadOnlyMemory<byte> close) => SendInTurnAsync(close, isLast: true);

    /// <summary>Sends from a buffer of the shared pool, to which it then goes back.</summary>
    public ValueTask SendRentedAsync(byte[] rented, ReadOnlyMemory<byte> frames)
    {
        var sending = SendAsync(frames);
        if (!sending.IsCompletedSuccessfully)
        {
            return ReturnAsync(rented, sending);
        }

        sending.GetAwaiter().GetResult();
        ArrayPool<byte>.Shared.Return(rented);
        return default;
    }

    /// <summary>A buffer whose send failed is left to the collector: the transport may still hold it.</summary>
    private static async ValueTask ReturnAsync(byte[] rented, ValueTask sending)
    {
        await sending;
        ArrayPool<byte>.Shared.Return(rented);
    }

    private ValueTask SendInTurnAsync(ReadOnlyMemory<byte> frames, bool isLast) =>
        _turn.Wait(0) ? SendHoldingAsync(frames, isLast) : SendLaterAsync(frames, isLast);

    private async ValueTask SendLaterAsync(ReadOnlyMemory<byte> frames, bool isLast)
    {
        await _turn.WaitAsync();
        await SendHoldingAsync(frames, isLast);
    }

    /// <summary>Gives the turn back once the transport has the bytes, which mostly is at once.</summary>
    private ValueTask SendHoldingAsync(ReadOnlyMemory<byte> frames, bool isLast)
    {
        var isWaiting = false;
        try
        {
            if (_hasEnded)
            {
                throw new IOException("A close frame was sent; nothing may follow it.");
            }

            _hasEnded = isLast;
            if (socket is null)
            {
                var writing = stream.WriteAsync(frames);
                if (writing.IsCompletedSuccessfully)
                {
                    writing.GetAwaiter().GetResult();
                    return default;
                }

                isWaiting = true;
                return EndTurnAsync(writing);
            }

            var sending = socket.SendAsync(frames, SocketFlags.None);
            if (sending.IsCompletedSuccessfully)
            {
                sending.GetAwaiter().GetResult();
                return default;
            }

            isWaiting = true;
            return EndTurnAsync(sending);
        }
        finally
        {
            if (!isWaiting)
            {
                _turn.Release();
            }
        }
    }

    private async ValueTask EndTurnAsync(ValueTask writing)
    {
        try
        {
            await writing;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async ValueTask EndTurnAsync(ValueTask<int> sending)
    {
        try
        {
            await sending;
        }
        finally
        {
            _turn.Release();
        }
    }
}
