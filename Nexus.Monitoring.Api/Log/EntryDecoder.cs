using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.Extensions.Options;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Log;

/// <summary>Turns what stands in the log into events, and tells what is none. Thread-safe.</summary>
internal sealed class EntryDecoder(IOptions<MonitoringApiOptions> options)
{
    private readonly int _maxBytes = options.Value.MaxEntryBytes;

    public bool TryDecode(
        in RawEntry raw,
        EntryEncoder encoder,
        [NotNullWhen(true)] out LogEntry? entry,
        [NotNullWhen(true)] out MonitoringEvent? monitoringEvent,
        [NotNullWhen(false)] out (string Kind, string Problem)? skip)
    {
        entry = null;
        monitoringEvent = null;
        skip = null;
        if (raw.Json is not { } json)
        {
            skip = (SkipKinds.NoEvent, $"The entry has no field '{LogKeys.EventField}' with an event, and no field '{LogKeys.EventsField}' with 1 to {EntryEvents.Most}, one a line.");
            return false;
        }

        var utf8 = json.Span;
        if (utf8.Length > _maxBytes)
        {
            skip = (SkipKinds.TooBig, $"The entry has {utf8.Length} bytes; {_maxBytes} are allowed ({MonitoringApiOptions.SectionName}:{nameof(MonitoringApiOptions.MaxEntryBytes)}).");
            return false;
        }

        if (!Utf8.IsValid(utf8))
        {
            skip = (SkipKinds.NotUtf8, "The entry is not valid UTF-8.");
            return false;
        }

        if (!EventJson.TryRead(utf8, out monitoringEvent, out var problem))
        {
            skip = (IsJsonObject(json) ? SkipKinds.InvalidEvent : SkipKinds.BadJson, problem);
            return false;
        }

        var keys = EventKeys.Of(monitoringEvent);
        entry = encoder.Encode(IsOneCleanLine(utf8) ? utf8 : EventJson.ToUtf8(monitoringEvent with { Cursor = null }), raw.Position, in keys);
        entry.Decoded = monitoringEvent;
        return true;
    }

    /// <summary>
    /// Line breaks, which JSON allows between tokens, would end a message of a line-based transport, and a producer's own cursor would
    /// stand beside ours. A false alarm costs one encoding.
    /// </summary>
    private static bool IsOneCleanLine(ReadOnlySpan<byte> utf8) =>
        utf8.IndexOfAny((byte)'\n', (byte)'\r') < 0 && utf8.IndexOf("cursor\""u8) < 0 && utf8.IndexOf("\\u00"u8) < 0;

    private static bool IsJsonObject(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8);
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
