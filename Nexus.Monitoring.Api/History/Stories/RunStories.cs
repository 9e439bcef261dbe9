using DuckDB.NET.Data;
using Nexus.Monitoring.Api.History.Reading;
using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Monitoring.Api.History.Stories;

internal static class RunStories
{
    /// <summary>Events of a run that are looked at; a run of more is shown up to there.</summary>
    public const int MaxEvents = 200_000;

    private const int MaxMilestones = 1_000;

    public static RunRecord? Read(DuckDBConnection connection, string runId, CancellationToken cancellationToken)
    {
        var span = new SqlText().Add("SELECT min(first_ms), max(last_ms) FROM run_spans WHERE run_id = ").Value(runId);
        var (from, to) = connection.With(cancellationToken).Rows(span, reader => (reader.Integer(0), reader.Integer(1)))[0];
        if (from is null || to is null)
        {
            return null;
        }

        var builder = new AttemptBuilder();
        var enqueued = new Dictionary<string, DateTimeOffset>();
        var count = 0;
        var steps = OfRun(
            "ms, event_type, task_id, task_type, phase, worker_id, retry_count, wait_ms, took_ms, error, trace_id",
            runId, from.Value, to.Value).Add(" AND starts_with(event_type, 'task_') AND task_id IS NOT NULL ORDER BY ms, seq LIMIT ").Value((long)MaxEvents + 1);
        connection.With(cancellationToken).Each(steps, reader =>
        {
            if (++count > MaxEvents)
            {
                return;
            }

            var step = Step(reader);
            builder.Add(step);
            if (step.EventType == EventTypes.TaskEnqueued)
            {
                enqueued.TryAdd(step.TaskId, DateTimeOffset.FromUnixTimeMilliseconds(step.Ms));
            }
        });
        var milestones = OfRun(EventRows.Columns, runId, from.Value, to.Value)
            .Add(" AND (starts_with(event_type, 'run_') OR starts_with(event_type, 'phase_')) ORDER BY ms, seq LIMIT ").Value((long)MaxMilestones);
        return new RunRecord(
            builder.Attempts, count <= MaxEvents, connection.With(cancellationToken).Rows(milestones, new EventRows().Read), enqueued);
    }

    private static SqlText OfRun(string columns, string runId, long from, long to) =>
        new SqlText().Add($"SELECT {columns} FROM events WHERE ms BETWEEN ").Value(from).Add(" AND ").Value(to).Add(" AND run_id = ").Value(runId);

    private static AttemptStep Step(DuckDBDataReader reader) => new(
        reader.GetInt64(0), reader.GetString(1), reader.GetString(2), reader.Text(3), reader.Text(4), (int?)reader.Integer(5),
            (int?)reader.Integer(6),
        reader.Integer(7), reader.Integer(8), reader.Text(9), reader.Text(10));
}
