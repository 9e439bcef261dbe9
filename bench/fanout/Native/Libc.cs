using System.Runtime.InteropServices;

namespace Nexus.Fanout.Native;

/// <summary>
/// The system calls of the hot loop, called directly: .NET's own sockets cost several times as much per read, and here that would be
/// taken from the server that is measured.
/// </summary>
internal static unsafe partial class Libc
{
    public const int InProgress = 115;
    public const int Again = 11;
    public const int Interrupted = 4;

    public const int Internet = 2;
    public const int StreamNonBlocking = 1 | 0x800 | 0x80000;
    public const int Tcp = 6;
    public const int TcpNoDelay = 1;
    public const int SocketLevel = 1;
    public const int SocketError = 4;
    public const int ReceiveBuffer = 8;
    public const int NoSignal = 0x4000;

    private const string Library = "libc";

    [LibraryImport(Library, EntryPoint = "socket", SetLastError = true)]
    public static partial int Socket(int family, int type, int protocol);

    [LibraryImport(Library, EntryPoint = "connect", SetLastError = true)]
    public static partial int Connect(int descriptor, SocketAddress* address, int length);

    [LibraryImport(Library, EntryPoint = "setsockopt", SetLastError = true)]
    public static partial int SetOption(int descriptor, int level, int name, int* value, int length);

    [LibraryImport(Library, EntryPoint = "getsockopt", SetLastError = true)]
    public static partial int GetOption(int descriptor, int level, int name, int* value, int* length);

    [LibraryImport(Library, EntryPoint = "recv", SetLastError = true)]
    public static partial nint Receive(int descriptor, byte* buffer, nint length, int flags);

    [LibraryImport(Library, EntryPoint = "send", SetLastError = true)]
    public static partial nint Send(int descriptor, byte* buffer, nint length, int flags);

    [LibraryImport(Library, EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int descriptor);

    [LibraryImport(Library, EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(PollEntry* entries, nuint count, int timeoutMilliseconds);

    [LibraryImport(Library, EntryPoint = "epoll_create1", SetLastError = true)]
    public static partial int EpollCreate(int flags);

    [LibraryImport(Library, EntryPoint = "epoll_ctl", SetLastError = true)]
    public static partial int EpollControl(int epoll, int operation, int descriptor, byte* entry);

    [LibraryImport(Library, EntryPoint = "epoll_wait", SetLastError = true)]
    public static partial int EpollWait(int epoll, byte* entries, int capacity, int timeoutMilliseconds);

    [LibraryImport(Library, EntryPoint = "getrlimit", SetLastError = true)]
    public static partial int GetLimit(int resource, ResourceLimit* limit);

    [LibraryImport(Library, EntryPoint = "setrlimit", SetLastError = true)]
    public static partial int SetLimit(int resource, ResourceLimit* limit);

    [LibraryImport(Library, EntryPoint = "nanosleep", SetLastError = true)]
    public static partial int Sleep(TimeSpec* duration, TimeSpec* remaining);

    public static string Explain(int error) => Marshal.GetPInvokeErrorMessage(error);
}
