using Nexus.Monitoring.Contracts.Views;

namespace Nexus.Monitoring.Web.Components.Boards;

/// <summary>Changes to a board, each a new board.</summary>
internal static class BoardArrangement
{
    private const int Narrowest = 3;

    public static SavedBoard Add(SavedBoard board, PanelEntry entry, PanelQuestion question) => board with
    {
        Panels =
        [
            .. board.Panels,
            new BoardPanel
            {
                Id = Guid.NewGuid().ToString("N")[..12], Kind = entry.Kind, Width = entry.Width,
                Project = question.Project, Range = question.Range, Query = question.Query, Choices = question.Choices,
            },
        ],
    };

    public static SavedBoard Remove(SavedBoard board, string panel) => board with { Panels = [.. board.Panels.Where(each => each.Id != panel)] };

    /// <param name="board">The board.</param>
    /// <param name="panel">Which one.</param>
    /// <param name="to">Its place from then on; beyond an end means that end.</param>
    public static SavedBoard Move(SavedBoard board, string panel, int to)
    {
        var panels = board.Panels.ToList();
        var from = panels.FindIndex(each => each.Id == panel);
        if (from < 0)
        {
            return board;
        }

        var moved = panels[from];
        panels.RemoveAt(from);
        panels.Insert(Math.Clamp(to, 0, panels.Count), moved);
        return board with { Panels = panels };
    }

    public static SavedBoard Resize(SavedBoard board, string panel, int width) => board with
    {
        Panels = [.. board.Panels.Select(each => each.Id == panel ? each with { Width = Math.Clamp(width, Narrowest, DocumentRules.Columns) } : each)],
    };

    public static int IndexOf(SavedBoard board, string panel) => board.Panels.ToList().FindIndex(each => each.Id == panel);
}
