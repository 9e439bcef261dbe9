using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Testing.Fleet;

/// <summary>The pipeline of a scripted run: phases, their sizes, the kinds of work in them and how long each takes.</summary>
internal static class FleetWork
{
    public static readonly (string Phase, int Tasks, string[] Types)[] Phases =
    [
        ("enumeration", 24, ["search_space_enum"]),
        ("search", 160, ["data_aggregation_search", "search"]),
        ("extraction", 420, ["data_aggregation_extract", "entity_extraction"]),
        ("enrichment", 260, ["summarization", "reasoning"]),
        ("resolution", 90, ["dok_categorization", "reasoning"]),
        ("storage", 30, ["search_space_enum"]),
    ];

    public static readonly (string Project, string Name)[] Runs =
    [
        ("supplier-graph", "Tier-1 battery cells, EU + KR"),
        ("market-atlas", "EU packaging suppliers"),
        ("patent-radar", "Solid electrolytes since 2022"),
        ("market-atlas", "Refill retail, Nordics"),
        ("tariff-watch", "Aluminium extrusions, weekly"),
    ];

    public static string Priority(string phase) => phase is "resolution" or "storage" ? "high_priority" : phase is "search" ? "low_priority" : "normal_priority";

    public static TimeSpan Duration(string type, double random)
    {
        var median = type switch
        {
            "search_space_enum" => 1.5,
            "search" => 2.0,
            "data_aggregation_search" => 3.0,
            "data_aggregation_extract" => 6.0,
            "entity_extraction" => 4.0,
            "summarization" => 7.0,
            "reasoning" => 9.0,
            _ => 2.5,
        };
        return TimeSpan.FromSeconds(median * Math.Exp((random - 0.5) * 2.2));
    }

    public static string Message(string type, int number) => type switch
    {
        "search_space_enum" => "enumerate sources",
        "search" => $"web search: sustainability reports {number}",
        "data_aggregation_search" => "trade-fair exhibitor lists",
        "data_aggregation_extract" => "extract ownership chain",
        "entity_extraction" => "extract site addresses",
        "summarization" => "summarise filings",
        "reasoning" => "reconcile conflicting capacity",
        _ => "categorise documents",
    };

    public static string Error(double random) => random switch
    {
        < 0.7 => $"HTTP 429 from provider, retry in {2 + (int)(random * 8)} s",
        < 0.85 => $"Context too long: {128_000 + (int)(random * 9_000)} tokens, limit 128000",
        _ => "Schema mismatch: $.entities[3].role is required",
    };

    public static string Status(string eventType) => eventType switch
    {
        EventTypes.TaskEnqueued => EventStatuses.Pending,
        EventTypes.TaskRetry => EventStatuses.Retrying,
        EventTypes.TaskStalled => EventStatuses.Orphaned,
        _ when eventType.EndsWith("_completed", StringComparison.Ordinal) => EventStatuses.Completed,
        _ when eventType.EndsWith("_failed", StringComparison.Ordinal) => EventStatuses.Failed,
        _ => EventStatuses.Processing,
    };
}
