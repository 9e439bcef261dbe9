using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nexus.Fanout.Native;

/// <summary>One epoll instance, level-triggered; entries carry the number of a client.</summary>
internal sealed unsafe class Epoll : IDisposable
{
    public const uint Readable = 0x001;
    public const uint Writable = 0x004;
    public const uint Failed = 0x008 | 0x010;
    public const uint PeerClosed = 0x2000;

    private const int Add = 1;
    private const int Delete = 2;
    private const int Modify = 3;

    private readonly int _descriptor = Libc.EpollCreate(0);
    private readonly byte* _entries = (byte*)NativeMemory.Alloc((nuint)Capacity, 16);

    public static int Capacity => 512;

    /// <summary>The kernel packs <c>epoll_event</c> on x64 only.</summary>
    private static int Stride => RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;

    private static int ClientOffset => Stride - 8;

    public void Watch(int descriptor, int client, uint events) => Control(Add, descriptor, client, events);

    public void Change(int descriptor, int client, uint events) => Control(Modify, descriptor, client, events);

    public void Forget(int descriptor) => Control(Delete, descriptor, 0, 0);

    /// <summary>How many entries are ready for <see cref="Ready"/>; 0 when the time is over.</summary>
    public int Wait(int timeoutMilliseconds)
    {
        var count = Libc.EpollWait(_descriptor, _entries, Capacity, timeoutMilliseconds);
        return Math.Max(0, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (int Client, uint Events) Ready(int index)
    {
        var entry = _entries + (index * Stride);
        return (Unsafe.ReadUnaligned<int>(entry + ClientOffset), Unsafe.ReadUnaligned<uint>(entry));
    }

    public void Dispose()
    {
        _ = Libc.Close(_descriptor);
        NativeMemory.Free(_entries);
        GC.SuppressFinalize(this);
    }

    private void Control(int operation, int descriptor, int client, uint events)
    {
        var entry = stackalloc byte[16];
        Unsafe.WriteUnaligned(entry, events);
        Unsafe.WriteUnaligned(entry + ClientOffset, (long)client);
        if (Libc.EpollControl(_descriptor, operation, descriptor, entry) != 0)
        {
            throw new FanoutException($"A socket cannot be watched: {Libc.Explain(Marshal.GetLastPInvokeError())}.");
        }
    }
}
