using System.Text.Json;
using Nexus.Monitoring.Contracts.Json;

namespace Nexus.Monitoring.Contracts.Events;

/// <summary>
/// Reads events as producers write them: known fields, each once, without null and without <c>\u</c>; in about half the time and memory
/// of the serialiser (<c>EventDecoding</c> in the benchmarks), which decides about everything else and says what is wrong.
/// </summary>
internal static class EventReader
{
    private static readonly JsonDocumentOptions MetaOptions = new() { AllowDuplicateProperties = false, MaxDepth = 63 };

    /// <summary>The event; null when it is not for this reader to say.</summary>
    public static MonitoringEvent? Read(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IndexOf("\\u"u8) >= 0)
        {
            return null;
        }

        try
        {
            var fields = default(Fields);
            var reader = new Utf8JsonReader(utf8);
            return fields.TryRead(ref reader, utf8) ? fields.ToEvent() : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private struct Fields
    {
        private uint _seen;
        private DateTimeOffset _timestamp;
        private string _eventId;
        private string _eventType;
        private string? _projectId;
        private string? _parentTaskId;
        private string? _taskId;
        private string? _taskType;
        private string? _phase;
        private string? _status;
        private string? _message;
        private string? _error;
        private string? _failureKind;
        private string? _traceId;
        private string? _spanId;
        private string? _parentSpanId;
        private string? _source;
        private string? _cursor;
        private int? _workerId;
        private int? _retryCount;
        private long? _durationMs;
        private Dictionary<string, long>? _counts;
        private Dictionary<string, long>? _queue;
        private JsonElement? _meta;

        public bool TryRead(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8)
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var field = reader.ValueIsEscaped ? EventField.Unknown : EventFieldNames.Find(reader.ValueSpan);
                var bit = 1u << (int)field;
                if (field == EventField.Unknown || (_seen & bit) != 0 || !reader.Read() || !TryRead(field, ref reader, utf8))
                {
                    return false;
                }

                _seen |= bit;
            }

            // Also refuses what follows the object.
            return !reader.Read();
        }

        public readonly MonitoringEvent ToEvent() => new()
        {
            EventId = _eventId,
            Timestamp = _timestamp,
            EventType = _eventType,
            ProjectId = _projectId,
            ParentTaskId = _parentTaskId,
            TaskId = _taskId,
            TaskType = _taskType,
            Phase = _phase,
            Status = _status,
            Message = _message,
            Error = _error,
            FailureKind = _failureKind,
            WorkerId = _workerId,
            RetryCount = _retryCount,
            DurationMs = _durationMs,
            Counts = _counts,
            Queue = _queue,
            Meta = _meta,
            TraceId = _traceId,
            SpanId = _spanId,
            ParentSpanId = _parentSpanId,
            Source = _source,
            Cursor = _cursor,
        };

        private bool TryRead(EventField field, ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8) => field switch
        {
            EventField.Timestamp => TimestampConverter.TryRead(ref reader, out _timestamp),
            EventField.EventId => TryReadText(ref reader, out _eventId!),
            EventField.EventType => TryReadName(ref reader, out _eventType!),
            EventField.ProjectId => TryReadName(ref reader, out _projectId),
            EventField.ParentTaskId => TryReadName(ref reader, out _parentTaskId),
            EventField.TaskId => TryReadName(ref reader, out _taskId),
            EventField.TaskType => TryReadName(ref reader, out _taskType),
            EventField.Phase => TryReadName(ref reader, out _phase),
            EventField.Status => TryReadName(ref reader, out _status),
            EventField.Message => TryReadText(ref reader, out _message),
            EventField.Error => TryReadText(ref reader, out _error),
            EventField.FailureKind => TryReadName(ref reader, out _failureKind),
            EventField.TraceId => TryReadName(ref reader, out _traceId),
            EventField.SpanId => TryReadText(ref reader, out _spanId),
            EventField.ParentSpanId => TryReadText(ref reader, out _parentSpanId),
            EventField.Source => TryReadName(ref reader, out _source),
            EventField.Cursor => TryReadText(ref reader, out _cursor),
            EventField.WorkerId => TryReadNumber(ref reader, out _workerId),
            EventField.RetryCount => TryReadNumber(ref reader, out _retryCount),
            EventField.DurationMs => TryReadNumber(ref reader, out _durationMs),
            EventField.Counts => TryReadCounts(ref reader, out _counts),
            EventField.Queue => TryReadCounts(ref reader, out _queue),
            EventField.Meta => TryReadMeta(ref reader, utf8, out _meta),
            _ => false,
        };

        private static bool TryReadText(ref Utf8JsonReader reader, out string? text)
        {
            text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
            return text is not null;
        }

        /// <summary>What many events have in common is kept once.</summary>
        private static bool TryReadName(ref Utf8JsonReader reader, out string? name)
        {
            name = reader.TokenType == JsonTokenType.String ? RecentNames.Get(ref reader) : null;
            return name is not null;
        }

        private static bool TryReadNumber(ref Utf8JsonReader reader, out int? number)
        {
            number = reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var value) ? value : null;
            return number is not null;
        }

        private static bool TryReadNumber(ref Utf8JsonReader reader, out long? number)
        {
            number = reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var value) ? value : null;
            return number is not null;
        }

        private static bool TryReadCounts(ref Utf8JsonReader reader, out Dictionary<string, long>? counts)
        {
            counts = null;
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            counts = [];
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = RecentNames.Get(ref reader);
                if (!reader.Read() || reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out var count) || !counts.TryAdd(name, count))
                {
                    return false;
                }
            }

            return true;
        }

        private static bool TryReadMeta(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8, out JsonElement? meta)
        {
            meta = null;
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            meta = JsonElement.Parse(utf8[start..(int)reader.BytesConsumed], MetaOptions);
            return true;
        }
    }
}
