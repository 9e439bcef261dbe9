using System.Text.Json;
using Nexus.Monitoring.Api.History.Stories;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Json;
using Nexus.Monitoring.Contracts.State;

namespace Nexus.Monitoring.Api.Http.Runs;

/// <summary>A run's state, and after it what history adds: its attempts, workers, failures and critical path.</summary>
internal static class RunStoryWriter
{
    private const int MaxAttempts = 5_000;

    private const int MaxErrors = 100;

    public static ReadOnlyMemory<byte>? Write(string id, ReadOnlyMemory<byte>? live, RunRecord record)
    {
        var state = Fold(record);
        RunState? run = live is { } json ? JsonSerializer.Deserialize(json.Span, MonitoringJson.Context.RunState) : state.Run(id);
        return run is null ? null : Lists.PageWriter.Extended(run, MonitoringJson.Context.RunState, writer => Write(writer, record));
    }

    private static void Write(Utf8JsonWriter json, RunRecord record)
    {
        json.WriteBoolean("is_complete", record.IsComplete && record.Attempts.Count <= MaxAttempts);
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
        JsonSerializer.Serialize(json, [.. record.Attempts.Take(MaxAttempts)], MonitoringJson.Context.IReadOnlyListAttempt);
    }

    /// <summary>The run as its own events tell it; without those of its tasks, which the live state alone has counted.</summary>
    private static LiveState Fold(RunRecord record)
    {
        var state = new LiveState();
        foreach (var entry in record.Milestones)
        {
            if (EventJson.TryRead(entry.Json.Span, out var e, out _))
            {
                state.Apply(e, entry.Position);
            }
        }

        return state;
    }
}
