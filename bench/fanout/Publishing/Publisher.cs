using System.Net;
using Nexus.Fanout.Events;
using Nexus.Fanout.Measuring;
using Nexus.Fanout.Native;

namespace Nexus.Fanout.Publishing;

/// <summary>Sends numbered events on its own thread and connection until it is stopped. A failure is kept for <see cref="Stop"/>.</summary>
internal sealed unsafe class Publisher : IDisposable
{
    private const int ConnectTimeoutMilliseconds = 5_000;
    private const int WaitMilliseconds = 50;
    private const int StopSeconds = 3;

    /// <summary>Bytes around an event; the headers of a request may be some hundred.</summary>
    private const int MostAroundEvent = 4096;

    private readonly PublishFormat _format;
    private readonly EventTemplate _template;
    private readonly int _batch;
    private readonly byte[] _buffer;
    private readonly byte[] _replies = new byte[64 * 1024];
    private readonly int _socket;
    private readonly Thread _thread;
    private IPace? _pace;
    private Exception? _failure;
    private int _published;
    private volatile bool _isStopping;

    public Publisher(IPEndPoint server, PublishFormat format, EventTemplate template, int batch)
    {
        _format = format;
        _template = template;
        _batch = batch;
        _buffer = new byte[(batch * (MostAroundEvent + template.Size)) + format.AfterBatch.Length];
        _socket = TcpSocket.Connect(server);
        TcpSocket.Wait(_socket, PollEntry.Writable, ConnectTimeoutMilliseconds);
        if (TcpSocket.Error(_socket) is { } error)
        {
            throw new FanoutException($"The publisher cannot reach {server}: {error}; start the server or give its --publish-port.");
        }

        Send(format.Hello);
        _thread = new Thread(Run) { IsBackground = true, Name = "publisher" };
    }

    /// <summary>Events handed to the kernel so far; their numbers begin at 0.</summary>
    public int Published => Volatile.Read(ref _published);

    public bool HasFailed => Volatile.Read(ref _failure) is not null;

    public void Start(IPace pace)
    {
        _pace = pace;
        _thread.Start();
    }

    /// <summary>No event is sent after this returns.</summary>
    /// <exception cref="FanoutException">The publisher failed on its way.</exception>
    public void Stop()
    {
        _isStopping = true;
        _thread.Join();
        if (_failure is not null)
        {
            throw new FanoutException(_failure.Message);
        }
    }

    /// <summary>Ends the thread, whatever became of it, and the connection.</summary>
    public void Dispose()
    {
        _isStopping = true;
        if (_pace is not null)
        {
            _thread.Join();
        }

        _ = Libc.Close(_socket);
    }

    private void Run()
    {
        try
        {
            while (!_isStopping)
            {
                var now = Clock.Now;
                var count = Math.Min(_batch, _pace!.Allowed(now, _published));
                if (count > 0)
                {
                    SendBatch(Math.Min(count, Mark.MaxNumber - _published));
                }
                else
                {
                    _pace.Wait(now, _published);
                }

                ReadReplies();
            }
        }
        catch (FanoutException failure)
        {
            Volatile.Write(ref _failure, failure);
        }
    }

    private void SendBatch(int count)
    {
        var rest = _buffer.AsSpan();
        for (var i = 0; i < count; i += _format.MostTogether)
        {
            WriteMessage(ref rest, i, Math.Min(_format.MostTogether, count - i));
        }

        Append(ref rest, _format.AfterBatch);
        // Before the send: a client must never have read more than was published.
        Volatile.Write(ref _published, _published + count);
        Send(_buffer.AsSpan(0, _buffer.Length - rest.Length));
    }

    private void WriteMessage(ref Span<byte> rest, int first, int count)
    {
        Append(ref rest, _format.Begin(count));
        for (var i = 0; i < count; i++)
        {
            if (i > 0)
            {
                Append(ref rest, _format.BetweenEvents);
            }

            _template.Write(rest, _published + first + i, Clock.Now);
            rest = rest[_template.Size..];
        }

        Append(ref rest, _format.AfterEvents);
    }

    private static void Append(ref Span<byte> rest, byte[] bytes)
    {
        bytes.CopyTo(rest);
        rest = rest[bytes.Length..];
    }

    private void Send(ReadOnlySpan<byte> bytes)
    {
        var lastProgress = Clock.Now;
        while (!bytes.IsEmpty)
        {
            var sent = TcpSocket.Send(_socket, bytes);
            if (sent < 0)
            {
                ReadReplies();
                throw new FanoutException($"The server closed the publisher's connection: {TcpSocket.LastError()}.");
            }

            bytes = bytes[sent..];
            if (sent > 0)
            {
                lastProgress = Clock.Now;
                continue;
            }

            // What was begun is finished after a stop too: half a batch would look like a loss.
            if (_isStopping && Clock.Seconds(Clock.Now - lastProgress) > StopSeconds)
            {
                throw new FanoutException($"The server has taken no event from the publisher for {StopSeconds} s.");
            }

            TcpSocket.Wait(_socket, PollEntry.Writable, WaitMilliseconds);
            ReadReplies();
        }
    }

    private void ReadReplies()
    {
        fixed (byte* buffer = _replies)
        {
            int length;
            while ((length = TcpSocket.Receive(_socket, buffer, _replies.Length)) > 0)
            {
                _format.Replies.Read(_replies.AsSpan(0, length));
            }

            if (length < 0)
            {
                throw new FanoutException("The server closed the publisher's connection.");
            }
        }
    }
}
