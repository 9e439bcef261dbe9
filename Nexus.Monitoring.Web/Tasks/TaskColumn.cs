namespace Nexus.Monitoring.Web.Tasks;

/// <summary>A column of the list of tasks.</summary>
/// <param name="Name">As in an address.</param>
/// <param name="Title">Its head.</param>
/// <param name="Width">Of its track in the grid.</param>
/// <param name="Sort">What the API sorts by for it; absent when it cannot be sorted by.</param>
/// <param name="IsNumber">Aligned at the right.</param>
/// <param name="IsUsual">Shown unless something else was chosen.</param>
public sealed record TaskColumn(string Name, string Title, string Width, string? Sort = null, bool IsNumber = false, bool IsUsual = true)
{
    /// <summary>The task itself always stands in front.</summary>
    public static IReadOnlyList<TaskColumn> All { get; } =
    [
        new("type", "Type", "minmax(120px, 186px)"),
        new("phase", "Phase", "96px", IsUsual: false),
        new("run", "Run", "92px"),
        new("project", "Project", "112px", IsUsual: false),
        new("words", "About", "minmax(120px, 1fr)"),
        new("attempt", "Attempt", "58px", IsNumber: true),
        new("worker", "Worker", "58px", IsNumber: true),
        new("wait", "Waited", "86px", "waiting", IsNumber: true),
        new("run_time", "Ran", "86px", "running", IsNumber: true),
        new("life", "In all", "86px", "duration", IsNumber: true, IsUsual: false),
        new("ended", "Finished", "96px", "finished", IsNumber: true, IsUsual: false),
        new("changed", "Changed", "96px", "changed", IsNumber: true),
    ];

    public static IReadOnlyList<TaskColumn> Usual { get; } = [.. All.Where(column => column.IsUsual)];

    /// <summary>Those of an address, in their own order; the usual ones for none that is known.</summary>
    public static IReadOnlyList<TaskColumn> Read(string? names)
    {
        var wanted = (names ?? "").Split(',');
        List<TaskColumn> columns = [.. All.Where(column => wanted.Contains(column.Name))];
        return columns.Count == 0 ? Usual : columns;
    }

    /// <summary>Null for the usual ones.</summary>
    public static string? Write(IReadOnlyList<TaskColumn> columns) =>
        columns.SequenceEqual(Usual) ? null : string.Join(',', columns.Select(column => column.Name));
}
