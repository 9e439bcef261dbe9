using System.Text.Json;
using Nexus.Monitoring.Api.History.Stories;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.History;
using Nexus.Monitoring.Contracts.Json;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.State;
using Nexus.Monitoring.Contracts.Stories;

namespace Nexus.Monitoring.Api.Http.Tasks;

/// <summary>A task's state, and after it what history adds: its attempts and events.</summary>
internal static class TaskStoryWriter
{
    /// <param name="id">The task.</param>
    /// <param name="live">How it stands, when the live state knows it.</param>
    /// <param name="entries">Its newest events, in their order.</param>
    /// <param name="isComplete">Whether these are all.</param>
    /// <returns>Null when the events tell of no such task.</returns>
    public static ReadOnlyMemory<byte>? Write(string id, TaskState? live, IReadOnlyList<LogEntry> entries, bool isComplete)
    {
        var state = new LiveState();
        var story = new TaskStory(id);
        foreach (var entry in entries)
        {
            if (EventJson.TryRead(entry.Json.Span, out var e, out _))
            {
                state.Apply(e, entry.Position);
                story.Apply(e, entry.Position);
            }
        }

        // The live state knows more than the task's own events do: what its worker did besides. Only what it has not folded yet is newer here.
        var folded = state.Task(id);
        return (live is not null && live.Position >= (folded?.Position ?? LogPosition.Start) ? live : folded) is { } task
            ? Write(task, [.. StoryAttempts.Of(story)], entries, isComplete)
            : null;
    }

    private static ReadOnlyMemory<byte> Write(TaskState task, IReadOnlyList<Attempt> attempts, IReadOnlyList<LogEntry> entries, bool isComplete) =>
        Lists.PageWriter.Extended(task, MonitoringJson.Context.TaskState, json =>
        {
            json.WriteBoolean("is_complete", isComplete);
            json.WriteNumber("total_wait_ms", attempts.Sum(attempt => attempt.WaitMs ?? 0));
            json.WriteNumber("total_run_ms", attempts.Sum(attempt => attempt.RunMs ?? 0));
            json.WritePropertyName("attempts");
            JsonSerializer.Serialize(json, attempts, MonitoringJson.Context.IReadOnlyListAttempt);
            json.WriteStartArray("events");
            foreach (var entry in entries)
            {
                json.WriteRawValue(entry.Json.Span, skipInputValidation: true);
            }

            json.WriteEndArray();
        });
}
