using System.Runtime.InteropServices;

namespace Nexus.Fanout.Native;

/// <summary><c>timespec</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TimeSpec
{
    public nint Seconds;
    public nint Nanoseconds;
}
