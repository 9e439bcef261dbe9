using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Nexus.Monitoring.Contracts.Json;

/// <summary>
/// ISO 8601 in UTC with microseconds: <c>2026-11-23T12:03:04.120307Z</c>. Reads any ISO 8601 offset;
/// a time without one counts as UTC, as existing Python producers mean it.
/// </summary>
internal sealed class TimestampConverter : JsonConverter<DateTimeOffset>
{
    /// <summary>Bytes of the text.</summary>
    public const int Length = 27;

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        TryRead(ref reader, out var time) ? time : throw new JsonException();

    public static bool TryRead(ref Utf8JsonReader reader, out DateTimeOffset time)
    {
        if (reader.TokenType != JsonTokenType.String || !reader.TryGetDateTime(out var read))
        {
            time = default;
            return false;
        }

        time = read.Kind == DateTimeKind.Unspecified ? new DateTimeOffset(read, TimeSpan.Zero) : new DateTimeOffset(read.ToUniversalTime());
        return true;
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        Span<byte> text = stackalloc byte[Length + 1];
        writer.WriteStringValue(Format(value, text));
    }

    /// <param name="value">The time.</param>
    /// <param name="buffer">Holds one byte more than <see cref="Length"/>.</param>
    /// <returns>The text, in the buffer.</returns>
    public static ReadOnlySpan<byte> Format(DateTimeOffset value, Span<byte> buffer)
    {
        // The round-trip format has seven digits of a second and ends in 'Z'; the wire has six.
        Utf8Formatter.TryFormat(value.UtcDateTime, buffer, out _, 'O');
        buffer[Length - 1] = (byte)'Z';
        return buffer[..Length];
    }
}
