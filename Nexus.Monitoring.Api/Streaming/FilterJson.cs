using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text.Json;
using Nexus.Monitoring.Contracts.Filters;

namespace Nexus.Monitoring.Api.Streaming;

/// <summary>Reads a filter from the JSON of a filter frame: <c>{"project_id":["a"],"event_types":["task_failed"],"stats_only":false}</c>.</summary>
internal static class FilterJson
{
    private const string ListAllowed = "a string or an array of strings is allowed";

    /// <summary>Unknown fields are passed over; a single string stands for a list of one.</summary>
    public static bool TryRead(
        JsonElement json, [NotNullWhen(true)] out EventFilter? filter, [NotNullWhen(false)] out FilterError? error)
    {
        filter = null;
        if (json.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
        {
            filter = EventFilter.All;
            error = null;
            return true;
        }

        if (json.ValueKind != JsonValueKind.Object)
        {
            error = new FilterError("filter", Quote(json), "a JSON object is allowed");
            return false;
        }

        if (!JsonText.IsWellFormed(JsonMarshal.GetRawUtf8Value(json)))
        {
            error = new FilterError("filter", Quote(json), "text without halves of surrogate pairs is allowed");
            return false;
        }

        var statsOnly = false;
        error = null;
        if (!TryReadList(json, FilterParameters.ProjectId, out var projects, ref error)
            || !TryReadList(json, FilterParameters.TaskId, out var tasks, ref error)
            || !TryReadList(json, FilterParameters.EventTypes, out var types, ref error)
            || !TryReadList(json, FilterParameters.Types, out var moreTypes, ref error)
            || !TryReadList(json, FilterParameters.Query, out var queries, ref error)
            || !TryReadFlag(json, FilterParameters.StatsOnly, out statsOnly, ref error))
        {
            return false;
        }

        if (queries.Count > 1)
        {
            error = new FilterError(FilterParameters.Query, $"{queries.Count} values", "one query is allowed");
            return false;
        }

        return FilterParser.TryCreate(
            projects, tasks, [.. types, .. moreTypes], statsOnly, queries.FirstOrDefault(), out filter, out error);
    }

    private static bool TryReadList(
        JsonElement json, string name, out List<string> values, [NotNullWhen(false)] ref FilterError? error)
    {
        values = [];
        if (!json.TryGetProperty(name, out var property) || property.ValueKind == JsonValueKind.Null)
        {
            return true;
        }

        if (property.ValueKind == JsonValueKind.String)
        {
            values.Add(property.GetString()!);
            return true;
        }

        if (property.ValueKind != JsonValueKind.Array)
        {
            error = new FilterError(name, Quote(property), ListAllowed);
            return false;
        }

        foreach (var item in property.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.String)
            {
                error = new FilterError(name, Quote(property), ListAllowed);
                return false;
            }

            values.Add(item.GetString()!);
        }

        return true;
    }

    private static bool TryReadFlag(JsonElement json, string name, out bool value, [NotNullWhen(false)] ref FilterError? error)
    {
        value = false;
        if (!json.TryGetProperty(name, out var property) || property.ValueKind == JsonValueKind.Null)
        {
            return true;
        }

        if (property.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            error = new FilterError(name, Quote(property), "true or false is allowed");
            return false;
        }

        value = property.GetBoolean();
        return true;
    }

    private static string Quote(JsonElement json) => json.GetRawText();
}
