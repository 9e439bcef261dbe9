using System.Buffers;
using System.Text;
using System.Text.Json;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Json;

namespace Nexus.Monitoring.Client.Publishing;

/// <summary>
/// Writes events as JSON of at most <paramref name="maxBytes"/>. What is longer loses, in this order and only as far as needed, its
/// <c>meta</c>, the end of its <c>message</c>, the end of its <c>error</c>; each leaves a visible mark. Not thread-safe: it reuses one buffer.
/// </summary>
internal sealed class EventShortener(int maxBytes)
{
    private const string Ellipsis = "…";

    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = MonitoringJson.Encoder };

    private readonly ArrayBufferWriter<byte> _buffer = new(1024);

    /// <summary>The event's JSON; null when nothing that may be cut is left and it is still too long.</summary>
    public byte[]? Write(MonitoringEvent monitoringEvent)
    {
        var length = Measure(monitoringEvent);
        if (length > maxBytes)
        {
            // Half a surrogate pair takes more bytes while it is one than as the replacement character that it becomes.
            monitoringEvent = monitoringEvent with { Message = WellFormed(monitoringEvent.Message), Error = WellFormed(monitoringEvent.Error) };
            length = Measure(monitoringEvent);
        }

        if (length > maxBytes && monitoringEvent.Meta is { ValueKind: JsonValueKind.Object })
        {
            var metaLength = length - Measure(monitoringEvent with { Meta = null }) - ",\"meta\":".Length;
            var shorter = monitoringEvent with { Meta = Marker(metaLength) };
            var shorterLength = Measure(shorter);
            if (shorterLength < length)
            {
                (monitoringEvent, length) = (shorter, shorterLength);
            }
        }

        while (length > maxBytes && Cut(monitoringEvent.Message, length - maxBytes) is { } message)
        {
            monitoringEvent = monitoringEvent with { Message = message };
            length = Measure(monitoringEvent);
        }

        while (length > maxBytes && Cut(monitoringEvent.Error, length - maxBytes) is { } error)
        {
            monitoringEvent = monitoringEvent with { Error = error };
            length = Measure(monitoringEvent);
        }

        if (length > maxBytes)
        {
            return null;
        }

        Measure(monitoringEvent);
        return _buffer.WrittenSpan.ToArray();
    }

    /// <summary>
    /// The longest beginning of <paramref name="text"/> that, with an ellipsis, takes at least <paramref name="excess"/> bytes less as
    /// JSON; only the ellipsis when that is not enough, null when there is nothing to cut.
    /// </summary>
    internal static string? Cut(string? text, int excess)
    {
        if (string.IsNullOrEmpty(text) || text == Ellipsis)
        {
            return null;
        }

        var budget = EncodedLength(text) - excess - Encoding.UTF8.GetByteCount(Ellipsis);
        var kept = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            budget -= EncodedLength(rune);
            if (budget < 0)
            {
                break;
            }

            kept += rune.Utf16SequenceLength;
        }

        return string.Concat(text.AsSpan(0, kept), Ellipsis);
    }

    private static string? WellFormed(string? text) => text is null ? null : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static int EncodedLength(string text)
    {
        var length = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            length += EncodedLength(rune);
        }

        return length;
    }

    private static int EncodedLength(Rune rune)
    {
        Span<byte> raw = stackalloc byte[4];
        Span<byte> encoded = stackalloc byte[12];
        var length = rune.EncodeToUtf8(raw);
        MonitoringJson.Encoder.EncodeUtf8(raw[..length], encoded, out _, out var written);
        return written;
    }

    private static JsonElement Marker(int originalBytes) => JsonElement.Parse($$"""{"truncated":true,"original_bytes":{{originalBytes}}}""");

    private int Measure(MonitoringEvent monitoringEvent)
    {
        _buffer.ResetWrittenCount();
        using var writer = new Utf8JsonWriter(_buffer, WriterOptions);
        EventJson.Write(writer, monitoringEvent);
        writer.Flush();
        return _buffer.WrittenCount;
    }
}
