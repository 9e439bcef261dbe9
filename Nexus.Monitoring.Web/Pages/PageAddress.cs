using System.Globalization;

namespace Nexus.Monitoring.Web.Pages;

/// <summary>Every place of the dashboard as an address.</summary>
public static class PageAddress
{
    public const string Overview = "/monitoring";
    public const string Events = "/monitoring/events";
    public const string Runs = "/monitoring/runs";
    public const string Tasks = "/monitoring/tasks";
    public const string Trends = "/monitoring/trends";
    public const string About = "/monitoring/about";
    public const string Workers = "/monitoring/workers";
    public const string Boards = "/monitoring/boards";
    public const string Sessions = "/monitoring/sessions";

    /// <summary><paramref name="page"/> with the parameters that have a value, escaped.</summary>
    public static string With(string page, params ReadOnlySpan<(string Name, string? Value)> parameters)
    {
        var query = new List<string>(parameters.Length);
        foreach (var (name, value) in parameters)
        {
            if (!string.IsNullOrEmpty(value))
            {
                query.Add($"{name}={Uri.EscapeDataString(value)}");
            }
        }

        return query.Count == 0 ? page : $"{page}?{string.Join('&', query)}";
    }

    public static string OfEvents(string? project = null, string? category = null, string? type = null, string? text = null) =>
        With(Events, ("project", project), ("category", category), ("type", type), ("text", text));

    public static string OfWorker(int worker, string? range = null) =>
        With(string.Create(CultureInfo.InvariantCulture, $"{Workers}/{worker}"), (TimeRange.Parameter, range));

    /// <param name="query">In the query language.</param>
    /// <param name="project">Only of this project.</param>
    public static string OfQuery(string query, string? project = null) => With(Events, ("project", project), ("q", query));

    public static string OfTask(string task) => $"{Tasks}/{Uri.EscapeDataString(task)}";

    /// <summary>The list of tasks.</summary>
    /// <param name="project">Of one project.</param>
    /// <param name="query">In the query language.</param>
    /// <param name="status">Only with this status.</param>
    /// <param name="sort">The most of this first.</param>
    public static string OfTasks(string? project, string? query = null, string? status = null, string? sort = null) =>
        With(Tasks, ("project", project), ("q", query), ("status", status), ("sort", sort));

    /// <summary>The list of runs.</summary>
    /// <param name="project">Of one project.</param>
    /// <param name="compare">The run chosen to be compared with another.</param>
    public static string OfRuns(string? project = null, string? compare = null) => With(Runs, ("project", project), ("compare", compare));

    public static string OfRun(
        string run, string? task = null, string? show = null, string? window = null, string? compare = null, string? session = null) =>
        With($"{Runs}/{Uri.EscapeDataString(run)}", ("show", show), ("window", window), ("compare", compare), ("session", session), ("task", task));

    /// <summary>Events that have this text.</summary>
    public static string OfSearch(string text, string? project = null) => OfEvents(project, text: text);

    public static string OfBoard(string board) => $"{Boards}/{Uri.EscapeDataString(board)}";
}
