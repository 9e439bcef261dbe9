using System.Buffers.Binary;

namespace Nexus.Monitoring.Api.History.Storage;

/// <summary>
/// An id that says itself when it was made (UUID version 7) is found by the time of its event, and needs no other trace in the file.
/// </summary>
/// <seealso href="https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-7"/>
internal static class EventIdTime
{
    /// <summary>How far the two may lie apart, in milliseconds.</summary>
    public const long Tolerance = 1_000;

    /// <summary>Further than any clock goes; an id can say more.</summary>
    private static readonly long Latest = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() - (2 * Tolerance);

    /// <summary>Unix milliseconds; null when the id does not say.</summary>
    public static long? Of(string id)
    {
        if (!Guid.TryParseExact(id, "D", out var guid) || guid.Version != 7)
        {
            return null;
        }

        Span<byte> bytes = stackalloc byte[16];
        guid.TryWriteBytes(bytes, bigEndian: true, out _);
        var ms = BinaryPrimitives.ReadInt64BigEndian(bytes) >>> 16;
        return ms < Latest ? ms : null;
    }

    /// <summary>Whether the time of its event is enough to find an id by.</summary>
    public static bool Finds(string id, DateTimeOffset timestamp) =>
        Of(id) is { } ms && Math.Abs(timestamp.ToUnixTimeMilliseconds() - ms) <= Tolerance;
}
