namespace Nexus.Monitoring.Api.History.Storage;

/// <summary>
/// The tables, and how each version comes from the one before. A row is added to <c>events</c> in the log's order and never changed, so
/// that every run of rows is narrow in time and most of the file is passed over.
/// </summary>
/// <remarks>
/// <c>ms</c>, <c>seq</c>: the position; of rows of before version 9 the id of the log's entry, which had one event each.
/// <c>json</c>: the event as it was appended, without its cursor. <c>event_hash</c>:
/// 16 bits that find an id in two bytes a row instead of reading its JSON; none where the id tells its time (<see cref="EventIdTime"/>), from
/// version 5 on. <c>wait_ms</c>: of <c>task_started</c>, from the queue to the worker; of a task's end, the
/// same of its last attempt. <c>duration_ms</c>: what the event says. <c>took_ms</c>: of the end of an attempt, phase or run, by the log's
/// clock; from version 5 on not of an attempt that has a <c>duration_ms</c>, because a column is as wide for the rows that have nothing in it
/// (of version 1, as <c>duration_ms</c> where there is one). <c>attempt_starts</c>: the waits that are known, once more, and what most
/// questions about them ask. <c>attempt_ends</c>: what lists and rankings ask of the ends of attempts, once
/// more in few narrow columns; <c>ran_ms</c>: as measured, else by the log's clock; <c>lived_ms</c>: since the task was first queued;
/// <c>is_task_end</c>: the task has not been heard of since; <c>before_ms</c>: what of <c>lived_ms</c> lay before the last attempt
/// was queued, from version 5 on; nothing, of most, and so it costs next to nothing.
/// <c>failures</c>: what is asked of failures, once more, and the kind that a producer named. <c>run_events</c>: once more the JSON of the few events of a run that tell more than columns do.
/// <c>task_filters</c>: which tasks a part of the
/// log may be about (<see cref="BloomFilter"/>); without <c>bits</c> any, as the rows of before version 7; what is newer than the last part any as well.
/// <c>run_spans</c>: outside of these there is nothing about a run; they may reach beyond its last event, and there may be several.
/// <c>minutes</c> and <c>minute_…</c>: whole minutes of the log counted once, up to <c>rolled</c>, for questions about long periods.
/// </remarks>
internal static class HistorySchema
{
    /// <summary>
    /// Each entry leads from its index to the next version; entries that were released are never changed. None may change a column's type with
    /// USING: a process that is killed before the next checkpoint leaves a log of changes that the database does not read again.
    /// </summary>
    public static IReadOnlyList<string> Migrations { get; } =
    [
        """
        CREATE TABLE events (
            ms BIGINT NOT NULL, seq BIGINT NOT NULL, event_hash USMALLINT NOT NULL, ts TIMESTAMP NOT NULL, event_type VARCHAR NOT NULL,
            project_id VARCHAR, run_id VARCHAR, task_id VARCHAR, task_hash USMALLINT, task_type VARCHAR, phase VARCHAR,
            status VARCHAR, worker_id INTEGER, retry_count INTEGER, duration_ms BIGINT, wait_ms BIGINT, took_ms BIGINT,
            message VARCHAR, error VARCHAR, error_group VARCHAR, trace_id VARCHAR, source VARCHAR,
                json BLOB NOT NULL USING COMPRESSION zstd);
        CREATE TABLE queue_depths (ms BIGINT NOT NULL, seq BIGINT NOT NULL, project_id VARCHAR, name VARCHAR NOT NULL,
            depth BIGINT NOT NULL);
        CREATE TABLE run_spans (run_id VARCHAR NOT NULL, first_ms BIGINT NOT NULL, last_ms BIGINT NOT NULL);
        CREATE TABLE gaps (
            after_ms UBIGINT NOT NULL, after_seq UBIGINT NOT NULL, upto_ms UBIGINT NOT NULL, upto_seq UBIGINT NOT NULL,
                reason VARCHAR NOT NULL);
        CREATE TABLE progress (head_ms UBIGINT NOT NULL, head_seq UBIGINT NOT NULL);
        INSERT INTO progress VALUES (0, 0);
        CREATE TABLE minutes (minute BIGINT NOT NULL, project_id VARCHAR, event_type VARCHAR, task_type VARCHAR, phase VARCHAR,
            n BIGINT NOT NULL);
        CREATE TABLE minute_times (
            minute BIGINT NOT NULL, dimension VARCHAR NOT NULL, k VARCHAR, is_wait BOOLEAN NOT NULL, bucket SMALLINT NOT NULL,
            n BIGINT NOT NULL, total BIGINT NOT NULL, most BIGINT NOT NULL);
        CREATE TABLE minute_workers (minute BIGINT NOT NULL, worker_id INTEGER NOT NULL, completed BIGINT NOT NULL,
            failed BIGINT NOT NULL, busy_ms BIGINT NOT NULL);
        CREATE TABLE rolled (upto_ms BIGINT NOT NULL);
        INSERT INTO rolled VALUES (0);
        CREATE TABLE retention (floor_ms UBIGINT NOT NULL, floor_seq UBIGINT NOT NULL);
        INSERT INTO retention VALUES (0, 0);
        """,
        """
        ALTER TABLE events ADD COLUMN ran_ms BIGINT;
        ALTER TABLE events ADD COLUMN lived_ms BIGINT;
        """,
        """
        ALTER TABLE events DROP COLUMN ran_ms;
        """,
        """
        CREATE TABLE attempt_ends (
            ms BIGINT NOT NULL, seq BIGINT NOT NULL, event_type VARCHAR NOT NULL, is_task_end BOOLEAN NOT NULL, project_id VARCHAR,
            run_id VARCHAR, task_type VARCHAR, phase VARCHAR, worker_id INTEGER, wait_ms BIGINT, ran_ms BIGINT, lived_ms BIGINT);
        INSERT INTO attempt_ends
            SELECT ms, seq, event_type, event_type <> 'task_retry' AND task_id IS NOT NULL, project_id, run_id, task_type, phase, worker_id,
                wait_ms, coalesce(duration_ms, took_ms), coalesce(lived_ms, wait_ms + took_ms)
            FROM events WHERE event_type IN ('task_completed', 'task_failed', 'task_cancelled', 'task_retry');
        ALTER TABLE events DROP COLUMN lived_ms;
        CREATE TABLE minute_project_times (minute BIGINT NOT NULL, project_id VARCHAR, is_wait BOOLEAN NOT NULL, bucket SMALLINT NOT NULL,
            n BIGINT NOT NULL, total BIGINT NOT NULL, most BIGINT NOT NULL);
        INSERT INTO minute_project_times
            SELECT minute, k, is_wait, bucket, n, total, most FROM minute_times WHERE dimension = 'project';
        CREATE TABLE minute_worker_times (minute BIGINT NOT NULL, worker_id INTEGER, is_wait BOOLEAN NOT NULL, bucket SMALLINT NOT NULL,
            n BIGINT NOT NULL, total BIGINT NOT NULL, most BIGINT NOT NULL);
        INSERT INTO minute_worker_times
            SELECT minute, k::INTEGER, is_wait, bucket, n, total, most FROM minute_times WHERE dimension = 'worker';
        CREATE TABLE minute_task_times (minute BIGINT NOT NULL, task_type VARCHAR, phase VARCHAR, is_wait BOOLEAN NOT NULL,
            bucket SMALLINT NOT NULL, n BIGINT NOT NULL, total BIGINT NOT NULL, most BIGINT NOT NULL);
        INSERT INTO minute_task_times
            SELECT m, task_type, phase, is_wait,
                (CASE WHEN v < 16 THEN greatest(v, 0) ELSE floor(log2(v) * 8) - 16 END)::SMALLINT AS b, count(*), sum(v)::BIGINT, max(v)
            FROM (SELECT ms // 60000 * 60000 AS m, task_type, phase, event_type = 'task_started' AS is_wait,
                    CASE WHEN event_type = 'task_started' THEN wait_ms ELSE coalesce(duration_ms, took_ms) END AS v
                FROM events, rolled WHERE ms < upto_ms
                AND event_type IN ('task_started', 'task_completed', 'task_failed', 'task_retry'))
            WHERE v IS NOT NULL GROUP BY ALL ORDER BY m;
        DROP TABLE minute_times;
        """,
        """
        ALTER TABLE run_spans RENAME TO spans;
        CREATE TABLE run_spans (run_id VARCHAR NOT NULL, first_ms BIGINT NOT NULL, last_ms BIGINT NOT NULL);
        INSERT INTO run_spans SELECT run_id, min(first_ms) AS first, max(last_ms) FROM spans GROUP BY run_id ORDER BY first;
        DROP TABLE spans;
        ALTER TABLE attempt_ends RENAME TO ends;
        CREATE TABLE attempt_ends (
            ms BIGINT NOT NULL, seq BIGINT NOT NULL, event_type VARCHAR NOT NULL, is_task_end BOOLEAN NOT NULL, project_id VARCHAR,
            run_id VARCHAR, task_type VARCHAR, phase VARCHAR, worker_id INTEGER, wait_ms BIGINT, ran_ms BIGINT, lived_ms BIGINT,
            before_ms INTEGER);
        INSERT INTO attempt_ends
            WITH told AS MATERIALIZED (
                SELECT rowid AS place, ms, seq, task_id, event_type, retry_count, source, ts,
                    count(*) FILTER (event_type = 'task_started') OVER (PARTITION BY task_id ORDER BY rowid) AS starts
                FROM events
                WHERE event_type IN ('task_enqueued', 'task_started', 'task_retry', 'task_completed', 'task_failed', 'task_cancelled')
                AND task_id IN (
                    SELECT task_id FROM events WHERE task_id IS NOT NULL
                    AND event_type IN ('task_enqueued', 'task_started', 'task_retry', 'task_completed', 'task_failed', 'task_cancelled')
                    GROUP BY task_id
                    HAVING max(rowid) > min(rowid) FILTER (event_type IN ('task_completed', 'task_failed', 'task_cancelled')))),
            reopened AS (
                SELECT DISTINCT ended.ms, ended.seq FROM told AS ended JOIN told AS later USING (task_id)
                WHERE later.place > ended.place AND ended.event_type IN ('task_completed', 'task_failed', 'task_cancelled')
                AND NOT (later.event_type IN ('task_enqueued', 'task_started') AND coalesce(
                    later.retry_count < greatest(ended.starts, coalesce(ended.retry_count, 0) + 1)
                    AND later.source = ended.source AND later.ts <= ended.ts, false)))
            SELECT ends.ms, ends.seq, ends.event_type, ends.is_task_end AND reopened.ms IS NULL, ends.project_id, ends.run_id, ends.task_type,
                ends.phase, ends.worker_id, ends.wait_ms, ends.ran_ms, ends.lived_ms, NULL
            FROM ends LEFT JOIN reopened ON ends.ms = reopened.ms AND ends.seq = reopened.seq
            ORDER BY ends.ms, ends.seq;
        DROP TABLE ends;
        ALTER TABLE events ALTER COLUMN event_hash DROP NOT NULL;
        """,
        """
        UPDATE events SET task_hash = task_hash & 16383 WHERE task_hash > 16383;
        """,
        """
        CREATE TABLE failures (
            ms BIGINT NOT NULL, seq BIGINT NOT NULL, event_type VARCHAR NOT NULL, project_id VARCHAR, run_id VARCHAR, task_type VARCHAR,
            phase VARCHAR, worker_id INTEGER, error_group VARCHAR, failure_kind VARCHAR);
        INSERT INTO failures
            SELECT * FROM (
                SELECT ms, seq, event_type, project_id, run_id, task_type, phase, worker_id, error_group,
                    CASE WHEN event_type = 'task_failed' THEN json_extract_string(decode(json), '$.failure_kind') END AS kind
                FROM events WHERE error_group IS NOT NULL OR event_type = 'task_failed')
            WHERE error_group IS NOT NULL OR kind IS NOT NULL ORDER BY ms, seq;
        CREATE TABLE run_events (
            ms BIGINT NOT NULL, seq BIGINT NOT NULL, run_id VARCHAR NOT NULL, json BLOB NOT NULL USING COMPRESSION zstd);
        INSERT INTO run_events
            SELECT ms, seq, run_id, json FROM events
            WHERE (starts_with(event_type, 'run_') OR starts_with(event_type, 'phase_') OR event_type IN ('task_stalled', 'task_reinstated'))
            AND run_id IS NOT NULL ORDER BY ms, seq;
        CREATE TABLE task_filters (
            first_ms BIGINT NOT NULL, last_ms BIGINT NOT NULL, bits BLOB USING COMPRESSION uncompressed);
        INSERT INTO task_filters SELECT min(ms), max(ms), NULL FROM events HAVING count(*) > 0;
        """,
        """
        UPDATE progress SET head_seq = head_seq * 64;
        """,
        """
        CREATE TABLE attempt_starts (ms BIGINT NOT NULL, project_id VARCHAR, task_type VARCHAR, phase VARCHAR, wait_ms BIGINT NOT NULL);
        INSERT INTO attempt_starts
            SELECT ms, project_id, task_type, phase, wait_ms FROM events
            WHERE event_type = 'task_started' AND wait_ms IS NOT NULL ORDER BY ms, seq;
        ALTER TABLE events DROP COLUMN task_hash;
        """,
    ];

    public static int Version => Migrations.Count;
}
