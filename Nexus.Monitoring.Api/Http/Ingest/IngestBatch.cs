using System.Text.Json;
using System.Text.Unicode;
using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Monitoring.Api.Http.Ingest;

/// <summary>Sorts what a request holds into events and what is none. One bad event never costs the others.</summary>
internal sealed class IngestBatch(int maxEventBytes)
{
    public List<ReadOnlyMemory<byte>> Events { get; } = [];

    public List<RejectedEvent> Rejected { get; } = [];

    /// <summary>One event a line; empty lines are passed over, but counted.</summary>
    public void AddLines(ReadOnlyMemory<byte> body)
    {
        for (var number = 1; body.Length > 0; number++)
        {
            var end = body.Span.IndexOf((byte)'\n');
            var text = end < 0 ? body : body[..end];
            body = end < 0 ? default : body[(end + 1)..];
            if (text.Span.Trim(" \t\r"u8).Length > 0)
            {
                Add(text, number);
            }
        }
    }

    /// <summary>One object, or an array of them.</summary>
    /// <returns>What is wrong with the body as a whole; then nothing was added.</returns>
    public string? AddJson(ReadOnlyMemory<byte> body)
    {
        var slices = new List<ReadOnlyMemory<byte>>();
        try
        {
            var reader = new Utf8JsonReader(body.Span);
            reader.Read();
            var isArray = reader.TokenType == JsonTokenType.StartArray;
            while (!isArray || (reader.Read() && reader.TokenType != JsonTokenType.EndArray))
            {
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                slices.Add(body[start..(int)reader.BytesConsumed]);
                if (!isArray)
                {
                    break;
                }
            }

            // Throws when something follows.
            reader.Read();
        }
        catch (JsonException error)
        {
            return $"The body is not valid JSON (line {error.LineNumber + 1 ?? 1}, byte {error.BytePositionInLine ?? 0}); "
                + "an event, an array of events, or NDJSON with Content-Type application/x-ndjson is allowed.";
        }

        for (var i = 0; i < slices.Count; i++)
        {
            Add(slices[i], i + 1);
        }

        return null;
    }

    private void Add(ReadOnlyMemory<byte> json, int number)
    {
        if (json.Length > maxEventBytes)
        {
            Rejected.Add(new RejectedEvent(
                number, $"The event has {json.Length} bytes; at most {maxEventBytes} are allowed (MONITORING_MAX_EVENT_SIZE_BYTES)."));
        }
        else if (!Utf8.IsValid(json.Span))
        {
            Rejected.Add(new RejectedEvent(number, "The event is not valid UTF-8."));
        }
        else if (!EventJson.TryRead(json.Span, out var monitoringEvent, out var problem))
        {
            Rejected.Add(new RejectedEvent(number, problem));
        }
        else
        {
            Events.Add(monitoringEvent.Cursor is null ? json : EventJson.ToUtf8(monitoringEvent with { Cursor = null }));
        }
    }
}
