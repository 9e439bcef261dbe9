namespace Nexus.Coordinator.Sim.Work;

/// <summary>The values of <c>task_type</c> that this system knows.</summary>
internal static class TaskTypes
{
    public const string Summarization = "summarization";
    public const string EntityExtraction = "entity_extraction";
    public const string DokCategorization = "dok_categorization";
    public const string SearchSpaceEnum = "search_space_enum";
    public const string DataAggregationSearch = "data_aggregation_search";
    public const string DataAggregationExtract = "data_aggregation_extract";
    public const string Search = "search";
    public const string Reasoning = "reasoning";

    public static IReadOnlyList<string> All { get; } =
    [
        SearchSpaceEnum, DataAggregationSearch, Search, DataAggregationExtract, EntityExtraction, Summarization, Reasoning,
        DokCategorization,
    ];
}
