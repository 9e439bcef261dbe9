using DuckDB.NET.Data;
using Nexus.Monitoring.Api.History.Storage;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.State;

namespace Nexus.Monitoring.Api.History.Writing;

/// <summary>Appends events to the tables, within the transaction of the connection. Not thread-safe.</summary>
internal sealed class EventAppender(DuckDBConnection connection, WriterMemory memory) : IDisposable
{
    /// <summary><c>,"cursor":"…"}</c> without the position.</summary>
    private const int CursorOverhead = 13;

    private const int DecodeSlice = 500;

    /// <summary>Decoded events are many times as large as their JSON: this many slices are held.</summary>
    private const int SlicesAhead = 8;

    private readonly DuckDBAppender _events = connection.CreateAppender("events");
    private readonly DuckDBAppender _ends = connection.CreateAppender("attempt_ends");
    private readonly DuckDBAppender _failures = connection.CreateAppender("failures");
    private readonly DuckDBAppender _runs = connection.CreateAppender("run_events");
    private readonly DuckDBAppender _depths = connection.CreateAppender("queue_depths");

    /// <summary>Ends of tasks that went on after all; some of them may be in this batch.</summary>
    private readonly List<LogPosition> _reopened = [];

    private byte[] _json = new byte[4096];

    /// <summary>
    /// Appends entries in their order. While one slice is appended, which one thread has to do, others decode those after it.
    /// </summary>
    /// <returns>How many were appended; what is no event, or was appended before, stays out.</returns>
    public int Append(IReadOnlyList<LogEntry> entries)
    {
        var slices = new Queue<Task<MonitoringEvent?[]>>();
        var (asked, appended, index) = (0, 0, 0);
        while (index < entries.Count)
        {
            for (; asked < entries.Count && slices.Count < SlicesAhead; asked += DecodeSlice)
            {
                var first = asked;
                slices.Enqueue(Task.Run(() => Decode(entries, first, Math.Min(entries.Count, first + DecodeSlice))));
            }

            foreach (var e in slices.Dequeue().GetAwaiter().GetResult())
            {
                if (e is not null && Append(e, entries[index].Position, WithoutCursor(entries[index])))
                {
                    appended++;
                }

                index++;
            }
        }

        return appended;
    }

    /// <returns>False when the same event was appended before; once is enough.</returns>
    public bool Append(MonitoringEvent e, LogPosition position, Span<byte> json)
    {
        if (!memory.Ids.TryAdd(e.EventId))
        {
            return false;
        }

        var ms = (long)position.Milliseconds;
        var seq = (long)position.Sequence;
        var times = memory.Attempts.Apply(e, position);
        var eventHash = EventIdTime.Finds(e.EventId, e.Timestamp) ? (ushort?)null : IdHash.Of(e.EventId);
        var group = GroupOf(e);
        var took = e.DurationMs is not null && AttemptSql.IsMeasured(e.EventType) ? null : times.TookMs;
        _events.CreateRow().AppendValue(ms).AppendValue(seq).AppendValue(eventHash).AppendValue(e.Timestamp.UtcDateTime)
            .AppendValue(e.EventType).Text(e.ProjectId).Text(e.RunId).Text(e.TaskId)
            .AppendValue(e.TaskId is { } task ? IdHash.OfTask(task) : (ushort?)null).Text(e.TaskType).Text(e.Phase).Text(e.Status)
            .AppendValue(e.WorkerId).AppendValue(e.RetryCount).AppendValue(e.DurationMs).AppendValue(times.WaitMs).AppendValue(took)
            .Text(e.Message).Text(e.Error).Text(group).Text(e.TraceId).Text(e.Source).AppendValue(json).EndRow();
        AppendEnd(e, ms, seq, times);
        AppendFailure(e, ms, seq, group);
        if (e.RunId is not null && RunEventTypes.Are(e.EventType))
        {
            _runs.CreateRow().AppendValue(ms).AppendValue(seq).Text(e.RunId).AppendValue(json).EndRow();
        }

        AppendDepths(e, ms, seq);
        memory.Minutes.Add(
            ms, new CountedEvent(e.EventType, e.ProjectId, e.TaskType, e.Phase, e.WorkerId, times.WaitMs, e.DurationMs ?? times.TookMs));
        memory.Tasks.Add(e.TaskId, ms);
        if (e.RunId is { } run)
        {
            memory.Runs.Add(run, ms);
        }

        return true;
    }

    /// <summary>Hands everything over to the transaction.</summary>
    public void Close()
    {
        _events.Close();
        _ends.Close();
        _failures.Close();
        _runs.Close();
        _depths.Close();
        Reopen();
        memory.Runs.Write(connection);
        memory.Tasks.Write(connection);
    }

    public void Dispose()
    {
        _events.Dispose();
        _ends.Dispose();
        _failures.Dispose();
        _runs.Dispose();
        _depths.Dispose();
    }

    private static MonitoringEvent?[] Decode(IReadOnlyList<LogEntry> entries, int from, int to)
    {
        var events = new MonitoringEvent?[to - from];
        for (var i = from; i < to; i++)
        {
            EventJson.TryRead(entries[i].Json.Span, out events[i - from], out _);
        }

        return events;
    }

    private static string? GroupOf(MonitoringEvent e) =>
        e.Error is { } error
            && e.EventType is EventTypes.TaskFailed or EventTypes.TaskRetry or EventTypes.PhaseFailed or EventTypes.RunFailed
            ? ErrorFingerprint.Of(ErrorFingerprint.Title(e.Error ?? ""))
            : null;

    private void AppendEnd(MonitoringEvent e, long ms, long seq, in AttemptTimes times)
    {
        if (AttemptSql.IsEnd(e.EventType))
        {
            _ends.CreateRow().AppendValue(ms).AppendValue(seq).AppendValue(e.EventType)
                .AppendValue(e.TaskId is not null && e.EventType != EventTypes.TaskRetry).Text(e.ProjectId).Text(e.RunId).Text(e.TaskType)
                .Text(e.Phase).AppendValue(e.WorkerId).AppendValue(times.WaitMs).AppendValue(e.DurationMs ?? times.TookMs)
                .AppendValue(times.LivedMs).AppendValue(times.BeforeMs).EndRow();
        }

        if (times.Reopened is { } end)
        {
            _reopened.Add(end);
        }
    }

    private void AppendFailure(MonitoringEvent e, long ms, long seq, string? group)
    {
        var kind = e.EventType == EventTypes.TaskFailed ? e.FailureKind : null;
        if (group is not null || kind is not null)
        {
            _failures.CreateRow().AppendValue(ms).AppendValue(seq).AppendValue(e.EventType).Text(e.ProjectId).Text(e.RunId).Text(e.TaskType)
                .Text(e.Phase).AppendValue(e.WorkerId).Text(group).Text(kind).EndRow();
        }
    }

    /// <summary>However many they are, in one statement.</summary>
    private void Reopen()
    {
        if (_reopened.Count == 0)
        {
            return;
        }

        var milliseconds = _reopened.ConvertAll(end => (long)end.Milliseconds);
        connection.Execute(
            """
            UPDATE attempt_ends SET is_task_end = false FROM (SELECT unnest($ms) AS ms, unnest($seq) AS seq) AS reopened
            WHERE attempt_ends.ms BETWEEN $first AND $last AND attempt_ends.ms = reopened.ms AND attempt_ends.seq = reopened.seq
            """,
            new DuckDBParameter("ms", milliseconds), new DuckDBParameter("seq", _reopened.ConvertAll(end => (long)end.Sequence)),
            new DuckDBParameter("first", milliseconds.Min()), new DuckDBParameter("last", milliseconds.Max()));
        _reopened.Clear();
    }

    private void AppendDepths(MonitoringEvent e, long ms, long seq)
    {
        foreach (var (name, depth) in e.Queue ?? new Dictionary<string, long>())
        {
            _depths.CreateRow().AppendValue(ms).AppendValue(seq).Text(e.ProjectId).AppendValue(name).AppendValue(depth).EndRow();
        }
    }

    private Span<byte> WithoutCursor(LogEntry entry)
    {
        var json = entry.Json.Span;
        Span<byte> digits = stackalloc byte[LogPosition.MaxLength];
        entry.Position.TryFormat(digits, out var length);
        var body = json[..^(length + CursorOverhead)];
        if (_json.Length <= body.Length)
        {
            _json = new byte[2 * body.Length];
        }

        body.CopyTo(_json);
        _json[body.Length] = (byte)'}';
        return _json.AsSpan(0, body.Length + 1);
    }
}
