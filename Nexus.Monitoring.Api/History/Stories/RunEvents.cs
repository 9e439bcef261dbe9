using DuckDB.NET.Data;
using Nexus.Monitoring.Api.History.Reading;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.History.Stories;

/// <summary>
/// The events of runs, most of them put together from columns, which is many times faster than from their JSON. The few that tell more than
/// columns do, and the kinds of failures, are read from narrow tables first.
/// </summary>
internal sealed class RunEvents
{
    private const string Columns =
        "ms, seq, event_type, project_id, task_id, task_type, phase, status, worker_id, retry_count, duration_ms, message, error, trace_id, run_id";

    private readonly BoundConnection _bound;
    private readonly Action<SqlText> _writeCondition;
    private readonly Dictionary<LogPosition, MonitoringEvent> _whole = [];
    private readonly Dictionary<LogPosition, string> _kinds = [];

    /// <param name="bound">Where to read.</param>
    /// <param name="runIds">The runs; one at least.</param>
    /// <param name="firstMs">Nothing about them is older.</param>
    /// <param name="lastMs">Nothing about them is newer.</param>
    /// <param name="limit">Most events; all when null.</param>
    public RunEvents(BoundConnection bound, IReadOnlyList<string> runIds, long firstMs, long lastMs, long? limit = null)
    {
        _bound = bound;
        _writeCondition = sql =>
        {
            sql.Add(" WHERE ms BETWEEN ").Value(firstMs).Add(" AND ").Value(lastMs).Add(" AND ");
            QuerySql.WriteAll(sql, runIds, " OR ", run => sql.Add("run_id = ").Value(run));
            sql.Add(" ORDER BY ms, seq");
            if (limit is { } most)
            {
                sql.Add(" LIMIT ").Value(most);
            }
        };
        var rows = new EventRows();
        Each("ms, seq, json", "run_events", row =>
        {
            if (EventJson.TryRead(rows.ReadJson(row, 2), out var whole, out _))
            {
                _whole[row.Position()] = whole;
            }
        });
        Each("ms, seq, failure_kind", "failures", row =>
        {
            if (row.Text(2) is { } kind)
            {
                _kinds[row.Position()] = kind;
            }
        });
    }

    /// <summary>Reads them in the order of the log.</summary>
    public void Each(Action<MonitoringEvent, LogPosition> apply) => Each(Columns, "events", row =>
    {
        var position = row.Position();
        apply(_whole.GetValueOrDefault(position) ?? Event(row, _kinds.GetValueOrDefault(position)), position);
    });

    private void Each(string columns, string table, Action<DuckDBDataReader> read)
    {
        var sql = new SqlText().Add($"SELECT {columns} FROM {table}");
        _writeCondition(sql);
        _bound.Each(sql, read);
    }

    private static MonitoringEvent Event(DuckDBDataReader row, string? failureKind) => new()
    {
        EventId = "",
        Timestamp = row.Moment(0),
        EventType = row.GetString(2),
        ProjectId = row.Text(3),
        TaskId = row.Text(4),
        TaskType = row.Text(5),
        Phase = row.Text(6),
        Status = row.Text(7),
        WorkerId = (int?)row.Integer(8),
        RetryCount = (int?)row.Integer(9),
        DurationMs = row.Integer(10),
        Message = row.Text(11),
        Error = row.Text(12),
        TraceId = row.Text(13),
        ParentTaskId = row.GetString(14),
        FailureKind = failureKind,
    };
}
