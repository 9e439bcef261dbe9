using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Nexus.Monitoring.Contracts.Json;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Contracts.Events;

/// <summary>Between <see cref="MonitoringEvent"/> and its UTF-8 JSON. Thread-safe.</summary>
public static class EventJson
{
    private static readonly JsonTypeInfo<MonitoringEvent> Reading = CreateReading(allowsTwice: false);

    /// <summary>Takes the last of fields that stand there twice, which only serves to say what was wrong.</summary>
    private static readonly JsonTypeInfo<MonitoringEvent> LenientReading = CreateReading(allowsTwice: true);

    /// <summary>The event as UTF-8 JSON without white space.</summary>
    public static byte[] ToUtf8(MonitoringEvent monitoringEvent) =>
        JsonSerializer.SerializeToUtf8Bytes(monitoringEvent, MonitoringJson.Context.MonitoringEvent);

    /// <summary>Writes the event to <paramref name="writer"/>.</summary>
    public static void Write(Utf8JsonWriter writer, MonitoringEvent monitoringEvent)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(monitoringEvent);
        if (!EventWriter.TryWrite(writer, monitoringEvent))
        {
            JsonSerializer.Serialize(writer, monitoringEvent, MonitoringJson.Context.MonitoringEvent);
        }
    }

    /// <summary>What is wrong with the event, in one sentence that names the field, its value and what is allowed; null when nothing is.</summary>
    public static string? FindProblem(MonitoringEvent? monitoringEvent) => EventProblems.Find(monitoringEvent);

    /// <summary>
    /// Reads one event. What readers of JSON understand differently is none, so that everybody sees the same event: a field that stands in an
    /// object twice, and half a surrogate pair.
    /// </summary>
    /// <param name="utf8">One JSON object.</param>
    /// <param name="monitoringEvent">The event, when the answer is true.</param>
    /// <param name="problem">Else one sentence that names the field, its value and what is allowed.</param>
    public static bool TryRead(
        ReadOnlySpan<byte> utf8,
        [NotNullWhen(true)] out MonitoringEvent? monitoringEvent,
        [NotNullWhen(false)] out string? problem)
    {
        monitoringEvent = null;
        try
        {
            monitoringEvent = EventReader.Read(utf8) ?? JsonSerializer.Deserialize(utf8, Reading);
            problem = EventProblems.Find(monitoringEvent)
                ?? (JsonEscapes.HasLoneSurrogate(utf8) ? EventProblems.LoneSurrogate : null);
        }
        catch (JsonException exception)
        {
            problem = JsonEscapes.HasLoneSurrogate(utf8) ? EventProblems.LoneSurrogate
                : HasFieldTwice(utf8) ? EventProblems.DescribeTwice(exception)
                : EventProblems.Describe(exception);
        }

        if (problem is not null)
        {
            monitoringEvent = null;
        }

        return problem is null;
    }

    /// <summary>
    /// Writes the event's JSON with its position as the last field, without decoding it:
    /// <c>{…}</c> becomes <c>{…,"cursor":"1795435391750-3"}</c>.
    /// </summary>
    /// <param name="eventJson">A JSON object that has at least one field and no <c>cursor</c>.</param>
    /// <param name="position">Where the event stands in the log.</param>
    /// <param name="output">Receives the bytes.</param>
    public static void WriteWithCursor(ReadOnlySpan<byte> eventJson, LogPosition position, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        var body = eventJson[..eventJson.LastIndexOf((byte)'}')].TrimEnd(" \t\r\n"u8);
        output.Write(body);
        output.Write(",\"cursor\":\""u8);
        var digits = output.GetSpan(LogPosition.MaxLength);
        position.TryFormat(digits, out var written);
        output.Advance(written);
        output.Write("\"}"u8);
    }

    /// <summary>The event's JSON as text, indented for people.</summary>
    public static string ToIndentedString(MonitoringEvent monitoringEvent)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, Encoder = MonitoringJson.Encoder }))
        {
            Write(writer, monitoringEvent);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Whether that alone is what makes an event none.</summary>
    private static bool HasFieldTwice(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return JsonSerializer.Deserialize(utf8, LenientReading) is not null;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Missing fields are reported by <see cref="EventProblems"/> in our words, so the reader itself asks for none.</summary>
    private static JsonTypeInfo<MonitoringEvent> CreateReading(bool allowsTwice)
    {
        var options = new JsonSerializerOptions(MonitoringJson.Context.Options)
        {
            AllowDuplicateProperties = allowsTwice,
            TypeInfoResolver = MonitoringJson.Context.WithAddedModifier(static type =>
            {
                foreach (var property in type.Type == typeof(MonitoringEvent) ? type.Properties : [])
                {
                    property.IsRequired = false;
                }
            }),
        };

        return (JsonTypeInfo<MonitoringEvent>)options.GetTypeInfo(typeof(MonitoringEvent));
    }
}
