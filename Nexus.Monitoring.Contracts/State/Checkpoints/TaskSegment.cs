using System.Text;
using System.Text.Json;
using Nexus.Monitoring.Contracts.Json;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Contracts.State.Checkpoints;

/// <summary>
/// Tasks as bytes: a table of the texts that repeat, then the tasks. There may be a hundred thousand in a state, and reading them as JSON takes
/// ten times as long. A test sees to it that no field of a task is left out.
/// </summary>
internal static class TaskSegment
{
    public static byte[] Write(IReadOnlyList<TaskState> tasks)
    {
        using var body = new MemoryStream();
        using var output = new BinaryWriter(body, Encoding.UTF8);
        var texts = new Dictionary<string, int>(StringComparer.Ordinal);
        output.Write7BitEncodedInt(tasks.Count);
        foreach (var task in tasks)
        {
            Write(output, texts, task);
        }

        output.Flush();
        using var whole = new MemoryStream();
        using var head = new BinaryWriter(whole, Encoding.UTF8);
        head.Write7BitEncodedInt(texts.Count);
        foreach (var text in texts.Keys)
        {
            head.Write(text);
        }

        head.Flush();
        body.WriteTo(whole);
        return whole.ToArray();
    }

    public static TaskState[] Read(ReadOnlyMemory<byte> segment)
    {
        var input = new SegmentReader(segment.Span);
        var texts = new string[input.Count()];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = input.Text();
        }

        var tasks = new TaskState[input.Count()];
        for (var i = 0; i < tasks.Length; i++)
        {
            tasks[i] = ReadTask(ref input, texts);
        }

        return tasks;
    }

    private static void Write(BinaryWriter output, Dictionary<string, int> texts, TaskState task)
    {
        output.Write(task.TaskId);
        foreach (var text in (ReadOnlySpan<string?>)
            [task.RunId, task.ProjectId, task.TaskType, task.Phase, task.Status, task.Message, task.FailureKind, task.Error, task.TraceId, task.Source])
        {
            output.Write7BitEncodedInt(IndexOf(texts, text));
        }

        output.Write(task.SpanId is not null);
        output.Write(task.SpanId ?? "");
        Write(output, task.WorkerId);
        output.Write(task.Attempt);
        Write(output, task.EnqueuedAt?.UtcTicks);
        Write(output, task.WaitingSince?.UtcTicks);
        Write(output, task.StartedAt?.UtcTicks);
        Write(output, task.EndedAt?.UtcTicks);
        Write(output, task.RepairedAt?.UtcTicks);
        Write(output, task.ProducedAt?.UtcTicks);
        Write(output, task.RetryAt?.UtcTicks);
        Write(output, task.LeftWorkerId);
        output.Write(task.IsReinstatementDue);
        Write(output, task.WaitMs);
        Write(output, task.DurationMs);
        output.Write(task.Position.Milliseconds);
        output.Write(task.Position.Sequence);
        output.Write(task.Evidence is null ? "" : JsonSerializer.Serialize(task.Evidence, MonitoringJson.Context.Verdict));
    }

    private static TaskState ReadTask(ref SegmentReader input, string[] texts)
    {
        var task = new TaskState { TaskId = input.Text() };
        task.RunId = input.Text(texts);
        task.ProjectId = input.Text(texts);
        task.TaskType = input.Text(texts);
        task.Phase = input.Text(texts);
        task.Status = input.Text(texts)!;
        task.Message = input.Text(texts);
        task.FailureKind = input.Text(texts);
        task.Error = input.Text(texts);
        task.TraceId = input.Text(texts);
        task.Source = input.Text(texts);
        var hasSpan = input.Flag();
        var span = input.Text();
        task.SpanId = hasSpan ? span : null;
        task.WorkerId = (int?)input.OptionalNumber();
        task.Attempt = input.Integer();
        task.EnqueuedAt = input.Time();
        task.WaitingSince = input.Time();
        task.StartedAt = input.Time();
        task.EndedAt = input.Time();
        task.RepairedAt = input.Time();
        task.ProducedAt = input.Time();
        task.RetryAt = input.Time();
        task.LeftWorkerId = (int?)input.OptionalNumber();
        task.IsReinstatementDue = input.Flag();
        task.WaitMs = input.OptionalNumber();
        task.DurationMs = input.OptionalNumber();
        task.Position = new LogPosition((ulong)input.Number(), (ulong)input.Number());
        task.Evidence = input.Text() is { Length: > 0 } verdict ? JsonSerializer.Deserialize(verdict, MonitoringJson.Context.Verdict) : null;
        return task;
    }

    /// <summary>0 for none.</summary>
    private static int IndexOf(Dictionary<string, int> texts, string? text)
    {
        if (text is null)
        {
            return 0;
        }

        if (!texts.TryGetValue(text, out var index))
        {
            texts.Add(text, index = texts.Count + 1);
        }

        return index;
    }

    private static void Write(BinaryWriter output, long? number)
    {
        output.Write(number is not null);
        if (number is { } value)
        {
            output.Write(value);
        }
    }
}
