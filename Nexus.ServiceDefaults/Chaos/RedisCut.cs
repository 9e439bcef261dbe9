using System.Net;
using System.Net.Sockets;
using StackExchange.Redis;
using StackExchange.Redis.Configuration;

namespace Nexus.ServiceDefaults.Chaos;

/// <summary>
/// Cuts this process off from Redis: its sockets are closed, and it gets no others until the cut ends. What lies in between is as real as with
/// a cable pulled out: commands under way are lost with their answers, and nobody says goodbye. It looks at a connection when it is made and
/// at no byte that goes over it, so it costs nothing. Thread-safe.
/// </summary>
public sealed class RedisCut(TimeProvider time) : Tunnel, IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<WeakReference<Socket>> _sockets = [];
    private long _since;
    private TimeSpan _duration;

    /// <summary>Whether the cable is out.</summary>
    public bool IsCut
    {
        get
        {
            lock (_gate)
            {
                return time.GetElapsedTime(_since) < _duration;
            }
        }
    }

    /// <summary>Cuts for this long from now on; zero mends it.</summary>
    public void For(TimeSpan duration)
    {
        lock (_gate)
        {
            (_since, _duration) = (time.GetTimestamp(), duration);
            if (duration > TimeSpan.Zero)
            {
                Close();
            }
        }
    }

    /// <inheritdoc/>
    public override ValueTask BeforeSocketConnectAsync(
        EndPoint endPoint, ConnectionType connectionType, Socket? socket, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (time.GetElapsedTime(_since) < _duration)
            {
                throw new SocketException((int)SocketError.NetworkUnreachable);
            }

            _sockets.RemoveAll(known => !known.TryGetTarget(out _));
            if (socket is not null)
            {
                _sockets.Add(new WeakReference<Socket>(socket));
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose() => For(TimeSpan.Zero);

    private void Close()
    {
        foreach (var known in _sockets)
        {
            if (known.TryGetTarget(out var socket))
            {
                socket.Close(timeout: 0);
            }
        }

        _sockets.Clear();
    }
}
