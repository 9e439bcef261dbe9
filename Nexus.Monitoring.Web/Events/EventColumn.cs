namespace Nexus.Monitoring.Web.Events;

/// <summary>A column of the list of events; time and event always stand in front.</summary>
/// <param name="Name">As in an address, and the class of its cells.</param>
/// <param name="Title">Its head.</param>
/// <param name="IsNumber">Aligned at the right.</param>
/// <param name="IsUsual">Shown unless something else was chosen.</param>
public sealed record EventColumn(string Name, string Title, bool IsNumber = false, bool IsUsual = true)
{
    /// <summary>In the address.</summary>
    public const string Parameter = "columns";

    public static EventColumn Project { get; } = new("project", "Project", IsUsual: false);

    public static EventColumn Run { get; } = new("run-ref", "Run");

    public static EventColumn Task { get; } = new("task-ref", "Task");

    public static EventColumn Type { get; } = new("task-type", "Type");

    public static EventColumn Words { get; } = new("words", "Message");

    public static EventColumn Source { get; } = new("source", "Source", IsUsual: false);

    public static EventColumn Worker { get; } = new("worker-ref", "Worker", IsNumber: true);

    public static EventColumn Took { get; } = new("took", "Took", IsNumber: true);

    public static IReadOnlyList<EventColumn> All { get; } = [Project, Run, Task, Type, Words, Source, Worker, Took];

    public static IReadOnlyList<EventColumn> Usual { get; } = [.. All.Where(column => column.IsUsual)];

    /// <summary>Those of an address, in their own order; the usual ones for none that is known.</summary>
    public static IReadOnlyList<EventColumn> Read(string? names)
    {
        var wanted = (names ?? "").Split(',');
        List<EventColumn> columns = [.. All.Where(column => wanted.Contains(column.Name))];
        return columns.Count == 0 || columns.SequenceEqual(Usual) ? Usual : columns;
    }

    /// <summary>Null for the usual ones.</summary>
    public static string? Write(IReadOnlyList<EventColumn> columns) =>
        columns.SequenceEqual(Usual) ? null : string.Join(',', columns.Select(column => column.Name));
}
