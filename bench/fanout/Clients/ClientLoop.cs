using Nexus.Fanout.Measuring;
using Nexus.Fanout.Native;
using Nexus.Fanout.Protocols;

namespace Nexus.Fanout.Clients;

/// <summary>
/// All clients on one thread: connects them, reads what is ready, keeps them alive. Between two calls of <see cref="Pump"/> nothing happens.
/// </summary>
internal sealed unsafe class ClientLoop : IDisposable
{
    /// <summary>A frozen client's kernel holds little for it, so that the server meets the stall early.</summary>
    private const int FrozenReceiveBuffer = 4096;

    /// <summary>What follows a handshake stays in the socket for <see cref="Read"/>.</summary>
    private const int HandshakeReadSize = 2048;

    /// <summary>SignalR closes clients that are silent for 30 s.</summary>
    private static readonly long KeepAliveInterval = Clock.Of(10);

    private readonly ClientSetup _setup;
    private readonly MarkScanner _scanner;
    private readonly FrameReader? _frames;
    private readonly Epoll _epoll = new();
    private readonly int[] _sockets;
    private readonly ClientState[] _states;
    private readonly Handshake?[] _handshakes;
    private long _nextKeepAlive = Clock.Now + KeepAliveInterval;

    public ClientLoop(ClientSetup setup)
    {
        _setup = setup;
        _scanner = setup.Scanner;
        _frames = setup.Protocol.IsFramed ? new FrameReader(setup.Clients, setup.Scanner) : null;
        _sockets = new int[setup.Clients];
        _states = new ClientState[setup.Clients];
        _handshakes = new Handshake[setup.Clients];
    }

    /// <summary>Clients that are connecting or waiting for their stream.</summary>
    public int Pending { get; private set; }

    /// <summary>Clients that have a stream, frozen ones included.</summary>
    public int Streaming { get; private set; }

    /// <summary>Streams that the server ended.</summary>
    public int ClosedByServer { get; private set; }

    /// <summary>Frozen clients among <see cref="ClosedByServer"/>.</summary>
    public int FrozenClosed { get; private set; }

    /// <summary>The status of the latest WebSocket close frame; 0 when there was none.</summary>
    public int LastCloseStatus => _frames?.LastCloseStatus ?? 0;

    public long BytesRead { get; private set; }

    /// <summary>Called for a client that got no stream, with the reason; without it that ends the run.</summary>
    public Action<int, string>? ConnectFailed { get; set; }

    public ClientState State(int client) => _states[client];

    /// <summary>Begins to connect a client that has no connection.</summary>
    /// <param name="client">Its number.</param>
    /// <param name="cursor">Where it resumes; null to begin now.</param>
    public void Connect(int client, string? cursor = null)
    {
        _handshakes[client] = new Handshake(client, cursor);
        _sockets[client] = TcpSocket.Connect(_setup.Server, client < _setup.Frozen ? FrozenReceiveBuffer : 0);
        _states[client] = ClientState.Connecting;
        Pending++;
        _scanner.Reset(client);
        _frames?.Reset(client);
        _epoll.Watch(_sockets[client], client, Epoll.Writable);
    }

    /// <summary>Cuts the client's connection.</summary>
    public void Disconnect(int client)
    {
        if (_states[client] is ClientState.Closed)
        {
            return;
        }

        Pending -= _states[client] is ClientState.Connecting or ClientState.Handshaking ? 1 : 0;
        Streaming -= _states[client] is ClientState.Live or ClientState.Frozen ? 1 : 0;
        _states[client] = ClientState.Closed;
        _handshakes[client] = null;
        _ = Libc.Close(_sockets[client]);
    }

    /// <summary>Handles what is ready, waiting for it up to the given time.</summary>
    public void Pump(int milliseconds)
    {
        var ready = _epoll.Wait(milliseconds);
        for (var i = 0; i < ready; i++)
        {
            var (client, events) = _epoll.Ready(i);
            if (_states[client] == ClientState.Live)
            {
                Read(client);
            }
            else
            {
                Handle(client, events);
            }
        }

        if (Clock.Now >= _nextKeepAlive)
        {
            _nextKeepAlive += KeepAliveInterval;
            KeepAlive();
        }
    }

    public void Dispose()
    {
        for (var client = 0; client < _sockets.Length; client++)
        {
            Disconnect(client);
        }

        _epoll.Dispose();
        _scanner.Dispose();
    }

    private void Read(int client)
    {
        var length = TcpSocket.Receive(_sockets[client], _scanner.Buffer, MarkScanner.ReadSize);
        if (length > 0)
        {
            BytesRead += length;
            Take(client, length);
        }
        else if (length < 0)
        {
            ClosedByServer++;
            Disconnect(client);
        }
    }

    private void Take(int client, int length)
    {
        var now = Clock.Now;
        if (_frames is null)
        {
            _scanner.Scan(client, _scanner.Buffer, _scanner.Buffer + length, now);
        }
        else if (_frames.Read(client, length, now) is { } pong)
        {
            _ = TcpSocket.Send(_sockets[client], pong);
        }
    }

    private void Handle(int client, uint events)
    {
        switch (_states[client])
        {
            case ClientState.Connecting:
                Open(client);
                break;
            case ClientState.Handshaking:
                ReadHandshake(client);
                break;
            case ClientState.Frozen when (events & (Epoll.Failed | Epoll.PeerClosed)) != 0:
                ClosedByServer++;
                FrozenClosed++;
                Disconnect(client);
                break;
        }
    }

    private void Open(int client)
    {
        if (TcpSocket.Error(_sockets[client]) is { } error)
        {
            Fail(client, $"{error}; start the server or give its --port");
            return;
        }

        _states[client] = ClientState.Handshaking;
        _epoll.Change(_sockets[client], client, Epoll.Readable);
        _ = Say(client, _setup.Protocol.Open(client, _handshakes[client]!.Cursor));
    }

    private void ReadHandshake(int client)
    {
        var length = TcpSocket.Receive(_sockets[client], _scanner.Buffer, HandshakeReadSize);
        if (length < 0)
        {
            Fail(client, "the server closed the connection during the handshake");
            return;
        }

        var handshake = _handshakes[client]!;
        handshake.Add(new ReadOnlySpan<byte>(_scanner.Buffer, length));
        while (!handshake.Received.IsEmpty)
        {
            var step = _setup.Protocol.Continue(handshake, handshake.Received);
            if (step.Failure is { } failure)
            {
                Fail(client, failure);
                return;
            }

            handshake.Consume(step.Consumed);
            if (step.IsReady)
            {
                Begin(client, handshake);
                return;
            }

            if (step.Reply is not { } reply)
            {
                return;
            }

            if (!Say(client, reply))
            {
                return;
            }
        }
    }

    private void Begin(int client, Handshake handshake)
    {
        Pending--;
        Streaming++;
        _handshakes[client] = null;
        if (client < _setup.Frozen)
        {
            _states[client] = ClientState.Frozen;
            _epoll.Change(_sockets[client], client, Epoll.PeerClosed);
            return;
        }

        _states[client] = ClientState.Live;
        var rest = handshake.Received;
        if (!rest.IsEmpty)
        {
            rest.CopyTo(new Span<byte>(_scanner.Buffer, MarkScanner.ReadSize));
            Take(client, rest.Length);
        }
    }

    /// <summary>A fresh socket's buffer takes a handshake whole.</summary>
    private bool Say(int client, byte[] bytes)
    {
        var isSent = TcpSocket.Send(_sockets[client], bytes) == bytes.Length;
        if (!isSent)
        {
            Fail(client, $"the server takes no handshake ({TcpSocket.LastError()})");
        }

        return isSent;
    }

    private void Fail(int client, string why)
    {
        Disconnect(client);
        if (ConnectFailed is null)
        {
            throw new FanoutException($"Client {client} got no stream from {_setup.Server}: {why}.");
        }

        ConnectFailed(client, why);
    }

    private void KeepAlive()
    {
        if (_setup.Protocol.KeepAlive is not { } message)
        {
            return;
        }

        for (var client = 0; client < _sockets.Length; client++)
        {
            if (_states[client] is ClientState.Live or ClientState.Frozen)
            {
                _ = TcpSocket.Send(_sockets[client], message);
            }
        }
    }
}
