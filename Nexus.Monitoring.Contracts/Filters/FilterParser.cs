using System.Diagnostics.CodeAnalysis;
using Nexus.Monitoring.Contracts.Query;

namespace Nexus.Monitoring.Contracts.Filters;

/// <summary>Makes filters from what a client sent, and refuses what cannot be meant.</summary>
public static class FilterParser
{
    private static readonly string[] True = ["true", "1", "yes", "on"];
    private static readonly string[] False = ["false", "0", "no", "off"];

    /// <summary>
    /// Reads query parameters. Parameters that are not a filter's are passed over, and so are empty values, which forms send for
    /// "any".
    /// </summary>
    /// <param name="parameters">Names and decoded values; a name may come more than once.</param>
    /// <param name="filter">The filter, when the answer is true.</param>
    /// <param name="error">Else what is wrong with which parameter.</param>
    public static bool TryParse(
        IEnumerable<KeyValuePair<string, string?>> parameters,
        [NotNullWhen(true)] out EventFilter? filter,
        [NotNullWhen(false)] out FilterError? error)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        List<string> projects = [], tasks = [], types = [];
        bool? statsOnly = null;
        string? query = null;
        foreach (var (name, value) in parameters)
        {
            if (string.IsNullOrEmpty(value))
            {
                continue;
            }

            switch (name)
            {
                case FilterParameters.ProjectId:
                    projects.Add(value);
                    break;
                case FilterParameters.TaskId:
                    tasks.Add(value);
                    break;
                case FilterParameters.EventTypes or FilterParameters.Types:
                    types.AddRange(value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
                    break;
                case FilterParameters.Query when query is not null:
                    return Refuse(name, value, "one query is allowed; put several in parentheses and AND between them", out filter, out error);
                case FilterParameters.Query:
                    query = value;
                    break;
                case FilterParameters.StatsOnly:
                    statsOnly = True.Contains(value, StringComparer.OrdinalIgnoreCase) ? true
                        : False.Contains(value, StringComparer.OrdinalIgnoreCase) ? false
                        : null;
                    if (statsOnly is null)
                    {
                        return Refuse(name, value, "true or false is allowed", out filter, out error);
                    }

                    break;
            }
        }

        return TryCreate(projects, tasks, types, statsOnly ?? false, query, out filter, out error);
    }

    /// <summary>Makes a filter of values; <see langword="null"/> and empty lists mean all.</summary>
    public static bool TryCreate(
        IReadOnlyList<string>? projectIds,
        IReadOnlyList<string>? taskIds,
        IReadOnlyList<string>? eventTypes,
        bool statsOnly,
        [NotNullWhen(true)] out EventFilter? filter,
        [NotNullWhen(false)] out FilterError? error) =>
        TryCreate(projectIds, taskIds, eventTypes, statsOnly, query: null, out filter, out error);

    /// <summary>Makes a filter of values and a query; <see langword="null"/> and empty ones mean all.</summary>
    public static bool TryCreate(
        IReadOnlyList<string>? projectIds,
        IReadOnlyList<string>? taskIds,
        IReadOnlyList<string>? eventTypes,
        bool statsOnly,
        string? query,
        [NotNullWhen(true)] out EventFilter? filter,
        [NotNullWhen(false)] out FilterError? error)
    {
        filter = null;
        error = Check(FilterParameters.ProjectId, projectIds, IsText, "printable text")
            ?? Check(FilterParameters.TaskId, taskIds, IsText, "printable text")
            ?? Check(FilterParameters.EventTypes, eventTypes, IsWord, "letters, digits and _ . : -");
        if (error is not null)
        {
            return false;
        }

        if (!EventQuery.TryParse(query ?? "", out var parsed, out var wrong))
        {
            error = new FilterError(FilterParameters.Query, query!, $"{wrong.Expected} was expected at column {wrong.Column}") { InQuery = wrong };
            return false;
        }

        var made = new EventFilter(Sorted(projectIds), Sorted(taskIds), Sorted(eventTypes), statsOnly, parsed);
        filter = made.MatchesAll ? EventFilter.All : made;
        return true;
    }

    private static FilterError? Check(string name, IReadOnlyList<string>? values, Func<string, bool> isValid, string allowed)
    {
        if (values is null)
        {
            return null;
        }

        if (values.Count > EventFilter.MaxValues)
        {
            return new FilterError(name, $"{values.Count} values", $"at most {EventFilter.MaxValues} values are allowed");
        }

        var bad = values.FirstOrDefault(value => string.IsNullOrEmpty(value) || value.Length > EventFilter.MaxValueLength || !isValid(value));
        return bad is null && !values.Contains(null!)
            ? null
            : new FilterError(name, bad ?? "", $"1 to {EventFilter.MaxValueLength} characters are allowed, {allowed}");
    }

    private static bool Refuse(string name, string value, string allowed, out EventFilter? filter, out FilterError error)
    {
        filter = null;
        error = new FilterError(name, value, allowed);
        return false;
    }

    private static bool IsText(string value) => !value.Any(char.IsControl);

    private static bool IsWord(string value) => value.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or ':' or '-');

    private static string[] Sorted(IReadOnlyList<string>? values) =>
        values is null ? [] : [.. values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
