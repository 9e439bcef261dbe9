using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Json;

namespace Nexus.Monitoring.Client.Publishing;

/// <summary>
/// Writes events as JSON of a bounded length. What is longer loses, in this order and only as far as needed, its
/// <c>meta</c>, the end of its <c>message</c>, the end of its <c>error</c>; each leaves a visible mark. Not thread-safe: it reuses one buffer.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A writer over a buffer in memory holds nothing that must be given back.")]
internal sealed class EventShortener
{
    private const string Ellipsis = "…";

    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = MonitoringJson.Encoder, SkipValidation = true };

    private readonly int _maxBytes;
    private readonly ArrayBufferWriter<byte> _buffer = new(1024);
    private readonly Utf8JsonWriter _writer;

    /// <param name="maxBytes">Most bytes of one event's JSON.</param>
    public EventShortener(int maxBytes)
    {
        _maxBytes = maxBytes;
        _writer = new Utf8JsonWriter(_buffer, WriterOptions);
    }

    /// <summary>The event's JSON, until the next call; empty when nothing that may be cut is left and it is still too long.</summary>
    public ReadOnlySpan<byte> Write(MonitoringEvent monitoringEvent) =>
        Measure(monitoringEvent) <= _maxBytes || Shorten(monitoringEvent) ? _buffer.WrittenSpan : [];

    /// <summary>Leaves the shortened event in the buffer; false when that cannot be done.</summary>
    private bool Shorten(MonitoringEvent monitoringEvent)
    {
        // Half a surrogate pair takes more bytes while it is one than as the replacement character that it becomes.
        monitoringEvent = monitoringEvent with { Message = WellFormed(monitoringEvent.Message), Error = WellFormed(monitoringEvent.Error) };
        var length = Measure(monitoringEvent);
        if (length > _maxBytes && monitoringEvent.Meta is { ValueKind: JsonValueKind.Object })
        {
            var metaLength = length - Measure(monitoringEvent with { Meta = null }) - ",\"meta\":".Length;
            var shorter = monitoringEvent with { Meta = Marker(metaLength) };
            var shorterLength = Measure(shorter);
            if (shorterLength < length)
            {
                (monitoringEvent, length) = (shorter, shorterLength);
            }
        }

        while (length > _maxBytes && Cut(monitoringEvent.Message, length - _maxBytes) is { } message)
        {
            monitoringEvent = monitoringEvent with { Message = message };
            length = Measure(monitoringEvent);
        }

        while (length > _maxBytes && Cut(monitoringEvent.Error, length - _maxBytes) is { } error)
        {
            monitoringEvent = monitoringEvent with { Error = error };
            length = Measure(monitoringEvent);
        }

        return length <= _maxBytes;
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

        var utf8 = Encoding.UTF8.GetBytes(text);
        var encoded = ArrayPool<byte>.Shared.Rent(utf8.Length * MonitoringJson.Encoder.MaxOutputCharactersPerInputCharacter);
        MonitoringJson.Encoder.EncodeUtf8(utf8, encoded, out _, out var length);
        var budget = Math.Max(0, length - excess - Encoding.UTF8.GetByteCount(Ellipsis));
        // Where the room ends, it ends at a character.
        MonitoringJson.Encoder.EncodeUtf8(utf8, encoded.AsSpan(0, budget), out var kept, out _);
        ArrayPool<byte>.Shared.Return(encoded);
        return string.Concat(Encoding.UTF8.GetString(utf8.AsSpan(0, kept)), Ellipsis);
    }

    private static string? WellFormed(string? text) => text is null ? null : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static JsonElement Marker(int originalBytes) => JsonElement.Parse($$"""{"truncated":true,"original_bytes":{{originalBytes}}}""");

    private int Measure(MonitoringEvent monitoringEvent)
    {
        _buffer.ResetWrittenCount();
        _writer.Reset();
        EventJson.Write(_writer, monitoringEvent);
        _writer.Flush();
        return _buffer.WrittenCount;
    }
}
