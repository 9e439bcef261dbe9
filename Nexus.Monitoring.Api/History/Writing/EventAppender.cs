using System.Collections.Concurrent;
using DuckDB.NET.Data;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.State;

namespace Nexus.Monitoring.Api.History.Writing;

/// <summary>Appends events to the tables, within the transaction of the connection. Not thread-safe.</summary>
internal sealed class EventAppender(DuckDBConnection connection, AttemptTracker tracker) : IDisposable
{
    /// <summary><c>,"cursor":"…"}</c> without the position.</summary>
    private const int CursorOverhead = 13;

    private const int DecodeSlice = 1000;

    private readonly DuckDBAppender _events = connection.CreateAppender("events");
    private readonly DuckDBAppender _depths = connection.CreateAppender("queue_depths");

    /// <summary>Of each run of this batch, when it was first and last heard of; as many as the batch has events.</summary>
    private readonly Dictionary<string, (long First, long Last)> _runs = [];

    private byte[] _json = new byte[4096];

    /// <summary>Appends entries in their order. Decoding them, about half of the work, is spread over the processors.</summary>
    /// <returns>How many were events; what is none stays out.</returns>
    public int Append(IReadOnlyList<LogEntry> entries)
    {
        var events = new MonitoringEvent?[entries.Count];
        Parallel.ForEach(Partitioner.Create(0, Math.Max(1, entries.Count), DecodeSlice), slice =>
        {
            for (var i = slice.Item1; i < Math.Min(slice.Item2, entries.Count); i++)
            {
                EventJson.TryRead(entries[i].Json.Span, out events[i], out _);
            }
        });
        var appended = 0;
        for (var i = 0; i < events.Length; i++)
        {
            if (events[i] is { } e)
            {
                Append(e, entries[i].Position, WithoutCursor(entries[i]));
                appended++;
            }
        }

        return appended;
    }

    public void Append(MonitoringEvent e, LogPosition position, Span<byte> json)
    {
        var ms = (long)position.Milliseconds;
        var seq = (long)position.Sequence;
        var times = tracker.Apply(e, ms);
        var row = _events.CreateRow();
        row.AppendValue(ms).AppendValue(seq).AppendValue((ushort?)IdHash.Of(e.EventId)).AppendValue(e.Timestamp.UtcDateTime).AppendValue(e.EventType);
        Text(row, e.ProjectId);
        Text(row, e.RunId);
        Text(row, e.TaskId);
        row.AppendValue(e.TaskId is { } task ? IdHash.Of(task) : (ushort?)null);
        Text(row, e.TaskType);
        Text(row, e.Phase);
        Text(row, e.Status);
        row.AppendValue(e.WorkerId).AppendValue(e.RetryCount).AppendValue(e.DurationMs).AppendValue(times.WaitMs).AppendValue(times.TookMs);
        Text(row, e.Message);
        Text(row, e.Error);
        Text(row, GroupOf(e));
        Text(row, e.TraceId);
        Text(row, e.Source);
        row.AppendValue(json).AppendValue(times.RanMs).AppendValue(times.LivedMs).EndRow();
        AppendDepths(e, ms, seq);
        if (e.RunId is { } run)
        {
            _runs[run] = _runs.TryGetValue(run, out var span) ? (span.First, ms) : (ms, ms);
        }
    }

    /// <summary>Hands everything over to the transaction.</summary>
    public void Close()
    {
        _events.Close();
        _depths.Close();
        using var spans = connection.CreateAppender("run_spans");
        foreach (var (run, (first, last)) in _runs)
        {
            spans.CreateRow().AppendValue(run).AppendValue(first).AppendValue(last).EndRow();
        }
    }

    public void Dispose()
    {
        _events.Dispose();
        _depths.Dispose();
    }

    private static string? GroupOf(MonitoringEvent e) =>
        e.Error is { } error && e.EventType is EventTypes.TaskFailed or EventTypes.TaskRetry or EventTypes.PhaseFailed or EventTypes.RunFailed
            ? ErrorFingerprint.Of(ErrorFingerprint.Title(e.Error ?? ""))
            : null;

    private static void Text(IDuckDBAppenderRow row, string? text)
    {
        if (text is null)
        {
            row.AppendNullValue();
        }
        else
        {
            row.AppendValue(text);
        }
    }

    private void AppendDepths(MonitoringEvent e, long ms, long seq)
    {
        foreach (var (name, depth) in e.Queue ?? new Dictionary<string, long>())
        {
            var row = _depths.CreateRow().AppendValue(ms).AppendValue(seq);
            Text(row, e.ProjectId);
            row.AppendValue(name).AppendValue(depth).EndRow();
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
