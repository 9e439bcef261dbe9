using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Nexus.Monitoring.Contracts.Events;

/// <summary>
/// The names that events had lately on this thread, so that a project, a type or a task that a thousand events name is one string. At most
/// <see cref="Places"/> of at most <see cref="Longest"/> characters; a name gives way to another of the same place.
/// </summary>
internal static class RecentNames
{
    private const int Places = 1024;
    private const int Longest = 64;

    [ThreadStatic]
    private static string?[]? _names;

    /// <summary>The string or property name at which the reader stands.</summary>
    public static string Get(ref Utf8JsonReader reader)
    {
        var utf8 = reader.ValueSpan;
        if (reader.ValueIsEscaped || utf8.Length is 0 or > Longest)
        {
            return reader.GetString()!;
        }

        ref var place = ref (_names ??= new string?[Places])[Hash(utf8) & (Places - 1)];
        if (place is { } known && known.Length == utf8.Length && Ascii.Equals(utf8, known))
        {
            return known;
        }

        return place = reader.GetString()!;
    }

    /// <summary>Of the length and both ends: names differ there, as numbers do.</summary>
    private static uint Hash(ReadOnlySpan<byte> utf8)
    {
        ulong ends;
        if (utf8.Length >= sizeof(ulong))
        {
            ends = MemoryMarshal.Read<ulong>(utf8) ^ (MemoryMarshal.Read<ulong>(utf8[^sizeof(ulong)..]) * 0x9E3779B97F4A7C15);
        }
        else
        {
            ends = 0;
            foreach (var one in utf8)
            {
                ends = (ends << 8) | one;
            }
        }

        return (uint)(((ends ^ (ulong)utf8.Length) * 0x9E3779B97F4A7C15) >> 40);
    }
}
