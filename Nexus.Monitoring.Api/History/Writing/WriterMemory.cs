using DuckDB.NET.Data;
using Nexus.Monitoring.Api.History.Reading;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.State;

namespace Nexus.Monitoring.Api.History.Writing;

/// <summary>What the writer has to remember of earlier events to write the next. Bounded, and brought back from the file. Not thread-safe.</summary>
internal sealed class WriterMemory
{
    /// <summary>How far it looks back for tasks: about as many as are remembered.</summary>
    private const long Rows = 3 * RecentMap<TaskEnd>.Bound;

    /// <summary>As many as the live state remembers, so that both take the same events for repeated.</summary>
    private static readonly int KnownIds = new LiveStateLimits().RecentEvents;

    public AttemptTracker Attempts { get; } = new();

    public MinuteCounts Minutes { get; private init; } = new();

    public RunCoverage Runs { get; } = new();

    public TaskFilters Tasks { get; private init; } = new();

    public EventIdWindow Ids { get; } = new(KnownIds);

    /// <summary>What it was when the newest row was appended.</summary>
    public static WriterMemory From(DuckDBConnection connection)
    {
        var memory = new WriterMemory { Minutes = MinuteCounts.From(connection), Tasks = TaskFilters.From(connection) };
        var bound = connection.With(CancellationToken.None);
        bound.Each(
            new SqlText().Add(
                """
                SELECT event_type, task_id, run_id, phase, ms, seq, retry_count, source, ts FROM events
                WHERE task_id IS NOT NULL AND rowid > (SELECT max(rowid) FROM events) -
                """).Add(" ").Value(Rows).Add(" ORDER BY ms, seq"),
            row => memory.Attempts.Apply(Event(row), row.Position(4, 5)));
        bound.Each(
            new SqlText().Add($"SELECT {JsonSql.Text("$.event_id")} FROM events WHERE rowid > (SELECT max(rowid) FROM events) - ")
                .Value((long)KnownIds).Add(" ORDER BY ms, seq"),
            row => memory.Remember(row.Text(0)));
        return memory;
    }

    /// <summary>Of a row that cannot be read the id is not known.</summary>
    private void Remember(string? id)
    {
        if (id is not null)
        {
            Ids.TryAdd(id);
        }
    }

    private static MonitoringEvent Event(DuckDBDataReader row) => new()
    {
        EventId = "",
        EventType = row.GetString(0),
        TaskId = row.GetString(1),
        ParentTaskId = row.Text(2),
        Phase = row.Text(3),
        RetryCount = (int?)row.Integer(6),
        Source = row.Text(7),
        Timestamp = new DateTimeOffset(row.GetDateTime(8), TimeSpan.Zero),
    };
}
