using System.Runtime.InteropServices;

namespace Nexus.Fanout.Native;

/// <summary><c>pollfd</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PollEntry
{
    public const short Readable = 1;
    public const short Writable = 4;

    public int Descriptor;
    public short Wanted;
    public short Returned;
}
