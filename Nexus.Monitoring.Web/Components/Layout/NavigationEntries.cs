using Nexus.Monitoring.Web.Pages;

namespace Nexus.Monitoring.Web.Components.Layout;

/// <summary>The views that exist, in their order. <c>Key</c> follows <c>g</c> on the keyboard.</summary>
internal static class NavigationEntries
{
    public static readonly IReadOnlyList<(string Address, string Text, string Icon, string Key)> All =
    [
        (PageAddress.Overview, "Overview", "overview", "o"),
        (PageAddress.Runs, "Runs", "runs", "r"),
        (PageAddress.Tasks, "Tasks", "tasks", "t"),
        (PageAddress.Workers, "Workers", "workers", "w"),
        (PageAddress.Events, "Events", "events", "e"),
        (PageAddress.Trends, "Trends", "trends", "n"),
        (PageAddress.Boards, "Boards", "boards", "b"),
    ];

    /// <summary>At the foot, apart from the views.</summary>
    public static readonly IReadOnlyList<(string Address, string Text, string Icon, string Key)> Foot =
        [(PageAddress.Sessions, "Imported sessions", "export", "s"), (PageAddress.About, "About this instance", "about", "i")];

    public static IEnumerable<(string Address, string Text, string Icon, string Key)> Everything => All.Concat(Foot);
}
