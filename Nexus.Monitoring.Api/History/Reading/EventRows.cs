using DuckDB.NET.Data;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.History.Reading;

/// <summary>Makes entries of rows: the stored bytes with their cursor, nothing is serialised again. Not thread-safe.</summary>
internal sealed class EventRows
{
    /// <summary>The run, except for events about a run or a phase, which may be their own.</summary>
    public static readonly string ParentTaskId =
        $"CASE WHEN starts_with(event_type, 'run_') OR starts_with(event_type, 'phase_') THEN {JsonSql.Text("$.parent_task_id")} ELSE run_id END";

    public static readonly string Columns = $"ms, seq, event_type, project_id, task_id, {ParentTaskId}, json";

    private readonly EntryEncoder _encoder = new();
    private byte[] _json = new byte[4096];

    public LogEntry Read(DuckDBDataReader reader)
    {
        var keys = new EventKeys(reader.GetString(2), reader.Text(3), reader.Text(4), reader.Text(5));
        return _encoder.Encode(ReadJson(reader, 6), reader.Position(), in keys);
    }

    /// <summary>For readers that take every event, whose keys nobody looks at.</summary>
    public LogEntry ReadKeyless(DuckDBDataReader reader, LogPosition position, int column) =>
        _encoder.Encode(ReadJson(reader, column), position, default);

    /// <summary>Valid until the next call.</summary>
    public ReadOnlySpan<byte> ReadJson(DuckDBDataReader reader, int column) => reader.Bytes(column, ref _json);
}
