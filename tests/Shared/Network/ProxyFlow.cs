using System.Net.Sockets;

namespace Nexus.Testing.Network;

/// <summary>What the proxy does to one direction of all its connections.</summary>
public sealed class ProxyFlow
{
    private volatile TaskCompletionSource? _paused;
    private long _carried;

    /// <summary>How long each piece is held; zero for not at all.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Longest piece that is sent at once, in bytes; pieces are of random length up to it. Null carries them as they come.</summary>
    public int? LongestSlice { get; set; }

    /// <summary>Bytes carried so far.</summary>
    public long Carried => Interlocked.Read(ref _carried);

    /// <summary>Stops reading, so that buffers fill and the sender has to wait, as with a frozen program.</summary>
    public void Pause() => _paused ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Resume()
    {
        var paused = _paused;
        _paused = null;
        paused?.TrySetResult();
    }

    /// <summary>Carries until <paramref name="from"/> ends.</summary>
    internal async Task CarryAsync(Socket from, Socket to, CancellationToken cancellationToken)
    {
        var buffer = new byte[16 * 1024];
        while (true)
        {
            await WhilePausedAsync(cancellationToken);
            var length = await from.ReceiveAsync(buffer, cancellationToken);
            if (length == 0)
            {
                return;
            }

            // It may have been paused while nothing came.
            await WhilePausedAsync(cancellationToken);
            if (Delay > TimeSpan.Zero)
            {
                await Task.Delay(Delay, cancellationToken);
            }

            for (var sent = 0; sent < length;)
            {
                var slice = LongestSlice is { } longest ? Random.Shared.Next(1, longest + 1) : length;
                sent += await to.SendAsync(buffer.AsMemory(sent, Math.Min(slice, length - sent)), cancellationToken);
            }

            Interlocked.Add(ref _carried, length);
        }
    }

    private Task WhilePausedAsync(CancellationToken cancellationToken) =>
        _paused is { } paused ? paused.Task.WaitAsync(cancellationToken) : Task.CompletedTask;
}
