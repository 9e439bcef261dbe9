using System.Data.Common;
using DuckDB.NET.Data;
using Nexus.Monitoring.Api.History.Storage;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.State;

namespace Nexus.Monitoring.Api.History.Writing;

/// <summary>
/// What one transaction writes: rows of events in the log's order, what is counted and noted of them, and up to where the log is then stored.
/// It is filled first and written afterwards, and meanwhile the next one can be filled. Not thread-safe.
/// </summary>
internal sealed class HistoryBatch(EventTables tables, WriterMemory memory) : IDisposable
{
    /// <summary>Bytes of JSON after which it is full; what is beside them in its rows is less than as many again.</summary>
    private const long MaxBytes = 64 * 1024 * 1024;

    /// <summary><c>,"cursor":"…"}</c> without the position.</summary>
    private const int CursorOverhead = 13;

    private readonly TableRows _events = new(tables.Events);
    private readonly TableRows _starts = new(tables.Starts);
    private readonly TableRows _ends = new(tables.Ends);
    private readonly TableRows _failures = new(tables.Failures);
    private readonly TableRows _runs = new(tables.Runs);
    private readonly TableRows _depths = new(tables.Depths);

    /// <summary>Ends of tasks that went on after all; some of them may be in this batch.</summary>
    private readonly List<LogPosition> _reopened = [];

    private readonly List<GapFrame> _gaps = [];
    private byte[] _json = new byte[4096];
    private MinutesOver? _minutes;
    private IReadOnlyList<RunSpan> _spans = [];
    private IReadOnlyList<TaskFilter> _filters = [];
    private LogPosition _upto;
    private long _bytes;

    /// <summary>Events that it has rows of.</summary>
    public int Count { get; private set; }

    /// <summary>Whether there is nothing of the log in it, not even what is no event or is stored already.</summary>
    public bool IsEmpty { get; private set; } = true;

    /// <summary>Whether it is to be committed before more comes into it, because it has so many events or they are large.</summary>
    /// <param name="events">Most events.</param>
    public bool IsFull(int events) => Count >= events || _bytes >= MaxBytes;

    public bool HasGaps => _gaps.Count > 0;

    /// <returns>False when it is no event, or was added before.</returns>
    public bool Add(LogEntry entry)
    {
        IsEmpty = false;
        return entry.Read() is { } e && Add(e, entry.Position, WithoutCursor(entry));
    }

    /// <returns>False when the same event was added before; once is enough.</returns>
    public bool Add(MonitoringEvent e, LogPosition position, ReadOnlySpan<byte> json)
    {
        IsEmpty = false;
        if (!memory.Ids.TryAdd(e.EventId))
        {
            return false;
        }

        Count++;
        _bytes += json.Length;
        var ms = (long)position.Milliseconds;
        var seq = (long)position.Sequence;
        var times = memory.Attempts.Apply(e, position);
        var eventHash = EventIdTime.Finds(e.EventId, e.Timestamp) ? (ushort?)null : IdHash.Of(e.EventId);
        var group = GroupOf(e);
        var took = e.DurationMs is not null && AttemptSql.IsMeasured(e.EventType) ? null : times.TookMs;
        _events.Value(ms).Value(seq).Value(eventHash).Value(e.Timestamp).Text(e.EventType).Text(e.ProjectId).Text(e.RunId).Text(e.TaskId)
            .Text(e.TaskType).Text(e.Phase).Text(e.Status)
            .Value(e.WorkerId).Value(e.RetryCount).Value(e.DurationMs).Value(times.WaitMs).Value(took)
            .Text(e.Message).Text(e.Error).Text(group).Text(e.TraceId).Text(e.Source).Blob(json).EndRow();
        AddStart(e, ms, times);
        AddEnd(e, ms, seq, times);
        AddFailure(e, ms, seq, group);
        if (e.RunId is not null && RunEventTypes.Are(e.EventType))
        {
            _runs.Value(ms).Value(seq).Text(e.RunId).Blob(json).EndRow();
        }

        AddDepths(e, ms, seq);
        memory.Minutes.Add(
            ms, new CountedEvent(e.EventType, e.ProjectId, e.TaskType, e.Phase, e.WorkerId, times.WaitMs, e.DurationMs ?? times.TookMs));
        memory.Tasks.Add(e.TaskId, ms);
        if (e.RunId is { } run)
        {
            memory.Runs.Add(run, ms);
        }

        return true;
    }

    public void Add(GapFrame gap) => _gaps.Add(gap);

    /// <summary>Nothing more comes into it: with it the log is stored up to there.</summary>
    public void End(LogPosition upto)
    {
        _upto = upto;
        _minutes = memory.Minutes.TakeOver((long)upto.Milliseconds);
        _spans = memory.Runs.Take();
        _filters = memory.Tasks.TakeFull();
    }

    /// <summary>Writes everything in one transaction. Once.</summary>
    /// <returns>Where history begins, when that has changed.</returns>
    /// <exception cref="DbException">It cannot be stored, and nothing of it is.</exception>
    public LogPosition? Commit(DuckDBConnection connection)
    {
        using var transaction = connection.BeginTransaction();
        _events.MoveTo(connection);
        _starts.MoveTo(connection);
        _ends.MoveTo(connection);
        _failures.MoveTo(connection);
        _runs.MoveTo(connection);
        _depths.MoveTo(connection);
        Reopen(connection);
        RunSpan.Write(connection, _spans);
        TaskFilter.Write(connection, _filters);
        _minutes?.Write(connection);
        LogPosition? floor = null;
        foreach (var gap in _gaps)
        {
            floor = Write(connection, gap) ?? floor;
        }

        connection.Execute(
            "UPDATE progress SET head_ms = $ms, head_seq = $seq",
            new DuckDBParameter("ms", _upto.Milliseconds), new DuckDBParameter("seq", _upto.Sequence));
        transaction.Commit();
        return floor;
    }

    public void Dispose()
    {
        _events.Dispose();
        _starts.Dispose();
        _ends.Dispose();
        _failures.Dispose();
        _runs.Dispose();
        _depths.Dispose();
    }

    private static string? GroupOf(MonitoringEvent e) =>
        e.Error is { } error
            && e.EventType is EventTypes.TaskFailed or EventTypes.TaskRetry or EventTypes.PhaseFailed or EventTypes.RunFailed
            ? ErrorFingerprint.Of(ErrorFingerprint.Title(e.Error ?? ""))
            : null;

    /// <summary>What was gone before history began is no gap in it: it begins after that.</summary>
    private static LogPosition? Write(DuckDBConnection connection, GapFrame gap)
    {
        if (gap.After == LogPosition.Start)
        {
            connection.Execute(
                "UPDATE retention SET floor_ms = $ms, floor_seq = $seq",
                new DuckDBParameter("ms", gap.Upto.Milliseconds), new DuckDBParameter("seq", gap.Upto.Sequence));
            return gap.Upto;
        }

        connection.Execute(
            "INSERT INTO gaps VALUES ($after_ms, $after_seq, $upto_ms, $upto_seq, $reason)",
            new DuckDBParameter("after_ms", gap.After.Milliseconds), new DuckDBParameter("after_seq", gap.After.Sequence),
            new DuckDBParameter("upto_ms", gap.Upto.Milliseconds), new DuckDBParameter("upto_seq", gap.Upto.Sequence),
            new DuckDBParameter("reason", gap.Reason));
        return null;
    }

    private void AddStart(MonitoringEvent e, long ms, in AttemptTimes times)
    {
        if (e.EventType == EventTypes.TaskStarted && times.WaitMs is { } waited)
        {
            _starts.Value(ms).Text(e.ProjectId).Text(e.TaskType).Text(e.Phase).Value(waited).EndRow();
        }
    }

    private void AddEnd(MonitoringEvent e, long ms, long seq, in AttemptTimes times)
    {
        if (AttemptSql.IsEnd(e.EventType))
        {
            _ends.Value(ms).Value(seq).Text(e.EventType).Value(e.TaskId is not null && e.EventType != EventTypes.TaskRetry)
                .Text(e.ProjectId).Text(e.RunId).Text(e.TaskType).Text(e.Phase).Value(e.WorkerId).Value(times.WaitMs)
                .Value(e.DurationMs ?? times.TookMs).Value(times.LivedMs).Value(times.BeforeMs).EndRow();
        }

        if (times.Reopened is { } end)
        {
            _reopened.Add(end);
        }
    }

    private void AddFailure(MonitoringEvent e, long ms, long seq, string? group)
    {
        var kind = e.EventType == EventTypes.TaskFailed ? e.FailureKind : null;
        if (group is not null || kind is not null)
        {
            _failures.Value(ms).Value(seq).Text(e.EventType).Text(e.ProjectId).Text(e.RunId).Text(e.TaskType).Text(e.Phase)
                .Value(e.WorkerId).Text(group).Text(kind).EndRow();
        }
    }

    private void AddDepths(MonitoringEvent e, long ms, long seq)
    {
        foreach (var (name, depth) in e.Queue ?? new Dictionary<string, long>())
        {
            _depths.Value(ms).Value(seq).Text(e.ProjectId).Text(name).Value(depth).EndRow();
        }
    }

    /// <summary>However many they are, in one statement.</summary>
    private void Reopen(DuckDBConnection connection)
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
    }

    private ReadOnlySpan<byte> WithoutCursor(LogEntry entry)
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
