using Garnet.server;

namespace Nexus.Redis.Commands;

/// <summary>
/// A command as it goes into the append-only file. Garnet records the input of a command, not its effect, so what depends on the
/// clock has to be put into the input before it is recorded: the two spare integers hold the time of an <c>XADD … *</c>.
/// </summary>
internal static class RecordedInput
{
    /// <summary>No time has this bit.</summary>
    private const int Refused = int.MinValue;

    /// <summary>Where the flags stand in the header of an input: after the type of the object and the number of the command.</summary>
    private const int FlagsOffset = 2;

    /// <summary>Whether this comes out of the append-only file.</summary>
    public static bool IsReplayed(ref ObjectInput input) =>
        ((RespInputFlags)input.header.SpanByte.ReadOnlySpan[FlagsOffset]).HasFlag(RespInputFlags.Deterministic);

    /// <summary>
    /// Records that a command was refused for want of memory. Garnet records refused commands too, and at the next start there may be room.
    /// </summary>
    public static void Refuse(ref ObjectInput input) => input.arg2 = Refused;

    public static bool IsRefused(ref ObjectInput input) => input.arg2 == Refused;

    /// <summary>The time that was recorded; otherwise the clock's, which is recorded by this call.</summary>
    public static ulong Milliseconds(ref ObjectInput input, TimeProvider clock)
    {
        var recorded = ((ulong)(uint)input.arg2 << 32) | (uint)input.arg1;
        if (recorded != 0)
        {
            return recorded;
        }

        var now = (ulong)clock.GetUtcNow().ToUnixTimeMilliseconds();
        (input.arg1, input.arg2) = ((int)now, (int)(now >> 32));
        return now;
    }
}
