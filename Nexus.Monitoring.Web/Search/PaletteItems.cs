using Nexus.Monitoring.Contracts.Views;
using Nexus.Monitoring.Web.Board;
using Nexus.Monitoring.Web.Components.Layout;
using Nexus.Monitoring.Web.Events;
using Nexus.Monitoring.Web.Formatting;
using Nexus.Monitoring.Web.Live;
using Nexus.Monitoring.Web.Pages;

namespace Nexus.Monitoring.Web.Search;

/// <summary>What the palette can find, and in which order it shows what fits.</summary>
internal static class PaletteItems
{
    private const int Shown = 12;
    private const int RecentTasks = 200;
    private const int RecentEvents = 4_000;

    private static readonly IReadOnlyList<PaletteItem> Commands =
    [
        new("Command", "Light theme", "sun", Command: "theme-light"),
        new("Command", "Dark theme", "moon", Command: "theme-dark"),
        new("Command", "Theme of the system", "system", Command: "theme-system"),
        new("Command", "Times in local time", "clock", Command: "zone-local"),
        new("Command", "Times in UTC", "clock", Command: "zone-utc"),
        new("Command", "Copy the link of this view", "link", Command: "copy-link", Keys: "y"),
        new("Command", "Save this view", "bookmark", Command: "views"),
        new("Command", "Pause or resume the view", "pause", Command: "pause", Keys: "p"),
        new("Command", "Full screen without navigation", "kiosk", Command: "kiosk", Keys: "f"),
        new("Command", "Keyboard", "kbd", Command: "keyboard", Keys: "?"),
    ];

    /// <summary>Everything there is at this moment.</summary>
    public static List<PaletteItem> All(BoardModel? board, EventLogView events, IEnumerable<SavedView> views, IEnumerable<SavedBoard> boards)
    {
        var items = new List<PaletteItem>();
        items.AddRange(NavigationEntries.Everything.Select(entry => new PaletteItem("Page", entry.Text, entry.Icon, entry.Address, Keys: $"g {entry.Key}")));
        items.AddRange(views.Select(view => new PaletteItem("View", view.Name, "bookmark", view.Address)));
        items.AddRange(boards.Select(saved => new PaletteItem("Board", saved.Name, "boards", PageAddress.OfBoard(saved.Id))));
        items.AddRange(Commands);
        if (board is not null)
        {
            items.AddRange(board.Runs.Select(run => new PaletteItem("Run", run.Name, "runs", PageAddress.OfRun(run.Id), $"{run.Project} {run.Id}")));
            items.AddRange(board.Workers.Select(worker =>
                new PaletteItem("Worker", $"worker {worker.Id}", "workers", PageAddress.OfWorker(worker.Id), worker.Doing)));
            items.AddRange(board.Projects.Select(project =>
                new PaletteItem("Project", project, "filter", PageAddress.With(PageAddress.Overview, ("project", project)))));
        }

        items.AddRange(Tasks(events));
        return items;
    }

    /// <summary>Those that fit, the best first; in the order of <paramref name="items"/>, without tasks, where nothing was typed yet.</summary>
    public static IReadOnlyList<PaletteItem> Find(IReadOnlyList<PaletteItem> items, string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return [.. items.Where(item => item.Group is "Page" or "View" or "Board").Take(Shown)];
        }

        var found = items
            .Select((item, index) => (Item: item, Index: index, Score: Score(text, item)))
            .Where(match => match.Score is not null)
            .OrderByDescending(match => match.Score)
            .ThenBy(match => match.Index)
            .Take(Shown)
            .Select(match => match.Item);
        return [.. found, new PaletteItem("Find", $"Find “{text.Trim()}”", "search", Detail: "a run, task, worker or trace with this id, else events with this text")];
    }

    private static int? Score(string text, PaletteItem item)
    {
        var own = FuzzyMatch.Score(text, item.Text);
        // What stands in small type counts only as it was typed: letters spread over an id are no match.
        var detail = item.Detail?.Contains(text.Trim(), StringComparison.OrdinalIgnoreCase) == true ? text.Trim().Length * 6 : (int?)null;
        return own is null ? detail : Math.Max(own.Value, detail ?? int.MinValue);
    }

    private static IEnumerable<PaletteItem> Tasks(EventLogView events)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = events.End - 1; i >= Math.Max(events.Start, events.End - RecentEvents) && seen.Count < RecentTasks; i--)
        {
            var entry = events[i];
            if (entry.TaskId is { } task && entry.RunId is { } run && task != run && seen.Add(task))
            {
                yield return new PaletteItem("Task", $"{entry.TaskType ?? "task"} {Ids.Brief(task)}", "tasks", PageAddress.OfRun(run, task), $"{EventWords.Subject(entry)} {task}");
            }
        }
    }
}
