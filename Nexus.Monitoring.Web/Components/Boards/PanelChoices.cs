using System.Web;
using Nexus.Monitoring.Web.Pages;

namespace Nexus.Monitoring.Web.Components.Boards;

/// <summary>What else was chosen of a panel that was pinned, as parameters of an address: <c>by=worker&amp;type=search</c>.</summary>
internal static class PanelChoices
{
    /// <summary>By their names in an address, and in a component.</summary>
    private static readonly IReadOnlyList<(string Name, string Parameter, string Word)> Known =
    [
        ("from", "From", "from"), ("to", "To", "to"), ("type", "TaskType", "only the type"), ("by", "By", "a line for each"),
        ("wait", "IsWait", "wait times"), ("priority", "ByPriority", "by priority"), ("grouping", "Grouping", "a row for each"),
        ("compare", "With", "compared with the time before:"), ("status", "Status", "only"), ("sort", "Sort", "sorted by"), ("order", "Order", "order"),
        ("columns", "ColumnNames", "columns"), ("run", "Run", "of the run"), ("show", "Show", "tasks:"), ("window", "Window", "minutes:"),
    ];

    /// <summary>Null when nothing was.</summary>
    public static string? Write(params ReadOnlySpan<(string Name, string? Value)> choices) =>
        PageAddress.With("", choices) is { Length: > 0 } text ? text[1..] : null;

    /// <summary>Each as a name of a component's parameter with what it is to be; what this dashboard does not know is left out.</summary>
    public static IEnumerable<(string Parameter, string Value)> Read(string? choices)
    {
        var chosen = HttpUtility.ParseQueryString(choices ?? "");
        return Known.Select(known => (known.Parameter, Value: chosen[known.Name])).Where(choice => !string.IsNullOrEmpty(choice.Value))
            .Select(choice => (choice.Parameter, choice.Value!));
    }

    /// <summary>For people.</summary>
    public static IEnumerable<string> InWords(string? choices)
    {
        var chosen = HttpUtility.ParseQueryString(choices ?? "");
        return Known.Where(known => !string.IsNullOrEmpty(chosen[known.Name]))
            .Select(known => chosen[known.Name] == "1" ? known.Word : $"{known.Word} {chosen[known.Name]}");
    }
}
