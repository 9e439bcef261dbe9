using System.Buffers.Text;

namespace Nexus.Monitoring.Contracts.Events;

/// <summary>Looks at the escapes of JSON texts.</summary>
internal static class JsonEscapes
{
    /// <summary><c>\uXXXX</c></summary>
    private const int Length = 6;

    /// <summary>
    /// Whether a text has half a surrogate pair as an escape, such as <c>"\ud800"</c>: JSON's grammar allows that, but it is no character, and
    /// readers of JSON disagree on what to do with it; many refuse the whole document.
    /// </summary>
    /// <param name="utf8">Valid JSON, in which a backslash can only stand in a text and begins a whole escape.</param>
    /// <seealso href="https://www.rfc-editor.org/rfc/rfc8259#section-8.2"/>
    public static bool HasLoneSurrogate(ReadOnlySpan<byte> utf8)
    {
        while (utf8.IndexOf((byte)'\\') is var start and >= 0 && start + 1 < utf8.Length)
        {
            utf8 = utf8[start..];
            if (!TryReadSurrogate(utf8, out var half))
            {
                utf8 = utf8[2..];
                continue;
            }

            if (!char.IsHighSurrogate(half) || !TryReadSurrogate(utf8[Length..], out var other) || !char.IsLowSurrogate(other))
            {
                return true;
            }

            utf8 = utf8[(2 * Length)..];
        }

        return false;
    }

    private static bool TryReadSurrogate(ReadOnlySpan<byte> utf8, out char surrogate)
    {
        surrogate = default;
        if (utf8.Length < Length || !utf8.StartsWith("\\u"u8)
            || !Utf8Parser.TryParse(utf8[2..Length], out ushort code, out var read, 'x') || read != Length - 2)
        {
            return false;
        }

        surrogate = (char)code;
        return char.IsSurrogate(surrogate);
    }
}
