using System.Net;
using System.Runtime.InteropServices;

namespace Nexus.Fanout.Native;

/// <summary>A non-blocking TCP socket, as little more than its descriptor.</summary>
internal static unsafe class TcpSocket
{
    /// <summary>Starts to connect. Becomes writable when it is connected or has failed; see <see cref="Error"/>.</summary>
    /// <param name="to">Where to.</param>
    /// <param name="receiveBuffer">Bytes that the kernel holds for the reader; 0 for the system's own choice.</param>
    public static int Connect(IPEndPoint to, int receiveBuffer = 0)
    {
        var descriptor = Libc.Socket(Libc.Internet, Libc.StreamNonBlocking, Libc.Tcp);
        if (descriptor < 0)
        {
            throw new FanoutException($"No socket can be opened: {LastError()}.");
        }

        var on = 1;
        _ = Libc.SetOption(descriptor, Libc.Tcp, Libc.TcpNoDelay, &on, sizeof(int));
        if (receiveBuffer > 0)
        {
            _ = Libc.SetOption(descriptor, Libc.SocketLevel, Libc.ReceiveBuffer, &receiveBuffer, sizeof(int));
        }

        var address = SocketAddress.Of(to);
        if (Libc.Connect(descriptor, &address, sizeof(SocketAddress)) == 0 || Marshal.GetLastPInvokeError() == Libc.InProgress)
        {
            return descriptor;
        }

        var error = LastError();
        _ = Libc.Close(descriptor);
        throw new FanoutException($"{to} cannot be reached: {error}.");
    }

    /// <summary>Why the connection failed; null when it did not.</summary>
    public static string? Error(int descriptor)
    {
        int error, length = sizeof(int);
        return Libc.GetOption(descriptor, Libc.SocketLevel, Libc.SocketError, &error, &length) != 0 ? LastError()
            : error != 0 ? Libc.Explain(error)
            : null;
    }

    /// <summary>Bytes sent, 0 when the socket takes none now, -1 when it is broken.</summary>
    public static int Send(int descriptor, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            var sent = Libc.Send(descriptor, start, bytes.Length, Libc.NoSignal);
            return sent >= 0 ? (int)sent : IsTemporary() ? 0 : -1;
        }
    }

    /// <summary>Bytes received, 0 when there are none now, -1 when the connection has ended.</summary>
    public static int Receive(int descriptor, byte* buffer, int capacity)
    {
        var received = Libc.Receive(descriptor, buffer, capacity, 0);
        return received > 0 ? (int)received : received < 0 && IsTemporary() ? 0 : -1;
    }

    /// <summary>Waits until the socket is as <paramref name="wanted"/> or the time is over.</summary>
    public static void Wait(int descriptor, short wanted, int milliseconds)
    {
        var entry = new PollEntry { Descriptor = descriptor, Wanted = wanted };
        _ = Libc.Poll(&entry, 1, milliseconds);
    }

    public static string LastError() => Libc.Explain(Marshal.GetLastPInvokeError());

    private static bool IsTemporary() => Marshal.GetLastPInvokeError() is Libc.Again or Libc.Interrupted;
}
