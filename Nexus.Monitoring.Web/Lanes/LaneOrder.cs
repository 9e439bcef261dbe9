using Nexus.Monitoring.Web.Board;

namespace Nexus.Monitoring.Web.Lanes;

/// <summary>By what lanes are sorted.</summary>
internal static class LaneOrder
{
    public const string ByNumber = "number";

    public static IReadOnlyList<(string Value, string Text)> Choices { get; } =
        [(ByNumber, "By number"), ("utilisation", "By utilisation"), ("source", "By source")];

    public static string Name(string? asked) => Choices.Any(choice => choice.Value == asked) ? asked! : ByNumber;

    public static List<WorkerRow> Sort(IReadOnlyList<WorkerRow> workers, string order, LaneBoard? lanes) => order switch
    {
        "utilisation" => [.. workers.OrderByDescending(worker => lanes?.UtilisationOf(worker.Id) ?? -1).ThenBy(worker => worker.Id)],
        "source" => [.. workers.OrderBy(worker => worker.Source, StringComparer.Ordinal).ThenBy(worker => worker.Id)],
        _ => [.. workers],
    };
}
