using System.Runtime.InteropServices;

namespace Nexus.Fanout.Native;

/// <summary><c>rlimit</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ResourceLimit
{
    public const int OpenFiles = 7;

    public nuint Current;
    public nuint Most;
}
