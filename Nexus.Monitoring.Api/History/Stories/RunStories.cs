using DuckDB.NET.Data;
using Nexus.Monitoring.Api.History.Reading;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.State;
using Nexus.Monitoring.Contracts.Stories;

namespace Nexus.Monitoring.Api.History.Stories;

/// <summary>
/// Folds the stored events of a run as the live state and the dashboard fold them when they come, so that all three tell the same. Most
/// events are put together from columns, which is many times faster than from their JSON.
/// </summary>
internal static class RunStories
{
    /// <summary>Events of a run that are looked at; a run of more is told up to there.</summary>
    public const int MaxEvents = 200_000;

    /// <summary>What the reducers ask of these stands in their JSON alone: counts, evidence.</summary>
    private const string NeedsJson =
        "starts_with(event_type, 'run_') OR starts_with(event_type, 'phase_') OR event_type IN ('task_stalled', 'task_reinstated')";

    /// <summary>What <see cref="Event"/> reads, in its order.</summary>
    public const string Columns =
        $"""
        ms, seq, event_type, project_id, task_id, task_type, phase, status, worker_id, retry_count, duration_ms, message, error,
            trace_id, CASE WHEN {NeedsJson} THEN json END
        """;

    public static RunRecord? Read(DuckDBConnection connection, string runId, CancellationToken cancellationToken)
    {
        if (RunSpans.Of(connection.With(cancellationToken), [runId]) is not var (from, to))
        {
            return null;
        }

        var (state, story, rows, count) = (new LiveState(), new RunStory(runId, MaxEvents), new EventRows(), 0);
        var kinds = Failures.Kinds(
            connection.With(cancellationToken),
            condition => condition.Add("ms BETWEEN ").Value(from).Add(" AND ").Value(to).Add(" AND run_id = ").Value(runId));
        var sql = new SqlText().Add(
            $"SELECT {Columns} FROM events WHERE ms BETWEEN ").Value(from).Add(" AND ").Value(to).Add(" AND run_id = ").Value(runId)
            .Add(" ORDER BY ms, seq LIMIT ").Value(MaxEvents + 1L);
        connection.With(cancellationToken).Each(sql, row =>
        {
            var position = row.Position();
            if (++count <= MaxEvents && Event(row, rows, runId, kinds.GetValueOrDefault(position)) is { } e)
            {
                state.Apply(e, position);
                story.Apply(e, position);
            }
        });
        return new RunRecord(state.Run(runId), StoryAttempts.Of(story), count <= MaxEvents);
    }

    public static MonitoringEvent? Event(DuckDBDataReader row, EventRows rows, string runId, string? failureKind)
    {
        if (!row.IsDBNull(14))
        {
            return EventJson.TryRead(rows.ReadJson(row, 14), out var whole, out _) ? whole : null;
        }

        return new MonitoringEvent
        {
            EventId = "",
            Timestamp = row.Moment(0),
            EventType = row.GetString(2),
            ProjectId = row.Text(3),
            ParentTaskId = runId,
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
            FailureKind = failureKind,
        };
    }
}
