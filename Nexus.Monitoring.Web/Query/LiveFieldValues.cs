using System.Globalization;
using System.Text.Json;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Query;
using Nexus.Monitoring.Web.Formatting;
using Nexus.Monitoring.Web.Live;

namespace Nexus.Monitoring.Web.Query;

/// <summary>Counts in the newest events in memory: at once, whatever becomes of the API.</summary>
internal sealed class LiveFieldValues(ILiveFeed feed) : IFieldValues
{
    private const int Most = 200;
    private const int LookedAtForPaths = 500;

    public ValueTask<(IReadOnlyList<FieldCount> Values, string Among)> CountAsync(
        QueryField field, string written, string? project, CancellationToken cancellationToken)
    {
        var log = feed.Events;
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        for (var i = log.Start; i < log.End; i++)
        {
            if ((project is null || log[i].ProjectId == project)
                && Value(log[i], field) is { } value
                && value.Contains(written, StringComparison.OrdinalIgnoreCase))
            {
                counts[value] = counts.GetValueOrDefault(value) + 1;
            }
        }

        IReadOnlyList<FieldCount> values =
        [
            .. counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Take(Most)
                .Select(pair => new FieldCount(pair.Key, pair.Value)),
        ];
        return ValueTask.FromResult((values, $"in the newest {Numbers.Whole(log.End - log.Start)} events"));
    }

    public IReadOnlyList<string> Paths()
    {
        var log = feed.Events;
        var paths = new SortedSet<string>(StringComparer.Ordinal);
        for (var i = Math.Max(log.Start, log.End - LookedAtForPaths); i < log.End; i++)
        {
            var entry = log[i];
            Add(paths, "counts", entry.Counts?.Keys);
            Add(paths, "queue", entry.Queue?.Keys);
            if (entry.Meta is { ValueKind: JsonValueKind.Object } meta)
            {
                Add(paths, "meta", meta.EnumerateObject().Select(property => property.Name));
            }
        }

        return [.. paths];
    }

    private static void Add(SortedSet<string> paths, string root, IEnumerable<string>? names)
    {
        foreach (var name in names ?? [])
        {
            if (QueryField.TryFind($"{root}.{name}", out var field))
            {
                paths.Add(field.Name);
            }
        }
    }

    private static string? Value(MonitoringEvent e, QueryField field) => field.Name switch
    {
        "event_id" => e.EventId,
        "event_type" => e.EventType,
        "project_id" => e.ProjectId,
        "run_id" => e.RunId,
        "parent_task_id" => e.ParentTaskId,
        "task_id" => e.TaskId,
        "task_type" => e.TaskType,
        "phase" => e.Phase,
        "status" => e.Status,
        "trace_id" => e.TraceId,
        "span_id" => e.SpanId,
        "parent_span_id" => e.ParentSpanId,
        "source" => e.Source,
        "worker_id" => e.WorkerId?.ToString(CultureInfo.InvariantCulture),
        "retry_count" => e.RetryCount?.ToString(CultureInfo.InvariantCulture),
        _ when field.Path is ["meta", var name] && e.Meta is { ValueKind: JsonValueKind.Object } meta && meta.TryGetProperty(name, out var value) =>
            value.ValueKind is JsonValueKind.String ? value.GetString() : value.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? null : value.GetRawText(),
        _ => null,
    };
}
