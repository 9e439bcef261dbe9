using System.Text.Json;
using Nexus.Monitoring.Api.History.Stories;
using Nexus.Monitoring.Contracts.Json;
using Nexus.Monitoring.Contracts.State;

namespace Nexus.Monitoring.Api.Http.Runs;

/// <summary>A run's state, and after it what history adds: its attempts, workers, failures and critical path.</summary>
internal static class RunStoryWriter
{
    public const int MaxAttempts = 5_000;

    private const int MaxErrors = 100;

    /// <param name="live">How the run stands, when the live state knows it.</param>
    /// <param name="record">What history knows of it.</param>
    /// <param name="skip">Attempts that earlier pages showed.</param>
    /// <param name="limit">Most attempts.</param>
    /// <returns>Null when neither knows how the run stands.</returns>
    public static ReadOnlyMemory<byte>? Write(ReadOnlyMemory<byte>? live, RunRecord record, int skip, int limit)
    {
        var run = live is { } json ? JsonSerializer.Deserialize(json.Span, MonitoringJson.Context.RunState) : record.State;
        return run is null
            ? null
            : Lists.PageWriter.Extended(run, MonitoringJson.Context.RunState, writer => Write(writer, record, skip, limit));
    }

    private static void Write(Utf8JsonWriter json, RunRecord record, int skip, int limit)
    {
        var shown = record.Attempts.Skip(skip).Take(limit).ToList();
        json.WriteBoolean("is_complete", record.IsComplete && shown.Count == record.Attempts.Count);
        json.WriteNumber("attempt_count", record.Attempts.Count);
        json.WriteNumber("total_wait_ms", record.Attempts.Sum(attempt => attempt.WaitMs ?? 0));
        json.WriteNumber("total_run_ms", record.Attempts.Sum(attempt => attempt.RunMs ?? 0));
        json.WriteStartArray("workers");
        foreach (var worker in record.Attempts.Where(attempt => attempt.WorkerId is not null).GroupBy(attempt =>
            attempt.WorkerId!.Value).OrderBy(one => one.Key))
        {
            json.WriteStartObject();
            json.WriteNumber("worker_id", worker.Key);
            json.WriteNumber("attempts", worker.Count());
            json.WriteNumber("busy_ms", worker.Sum(attempt => attempt.RunMs ?? 0));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("errors");
        var failures = record.Attempts.Where(attempt => attempt.Error is not null).GroupBy(attempt =>
            ErrorFingerprint.Title(attempt.Error!));
        foreach (var group in failures.OrderByDescending(group => group.Count()).Take(MaxErrors))
        {
            json.WriteStartObject();
            json.WriteString("fingerprint", ErrorFingerprint.Of(group.Key));
            json.WriteString("title", group.Key);
            json.WriteNumber("count", group.Count());
            json.WriteString("last_task_id", group.Last().TaskId);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WritePropertyName("critical_path");
        JsonSerializer.Serialize(json, CriticalPath.Find(record), MonitoringJson.Context.IReadOnlyListCriticalStep);
        json.WritePropertyName("attempts");
        JsonSerializer.Serialize(json, shown, MonitoringJson.Context.IReadOnlyListAttempt);
        if (skip + shown.Count < record.Attempts.Count)
        {
            json.WriteNumber("attempts_next", skip + shown.Count);
        }
    }
}
