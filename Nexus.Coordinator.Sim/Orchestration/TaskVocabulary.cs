using Nexus.Coordinator.Sim.Work;

namespace Nexus.Coordinator.Sim.Orchestration;

/// <summary>What tasks are about, for people.</summary>
internal static class TaskVocabulary
{
    private static readonly string[] Fallback = ["general work"];

    private static readonly Dictionary<(string Phase, string TaskType), string[]> Messages = new()
    {
        [(Phases.Enumeration, TaskTypes.SearchSpaceEnum)] =
        [
            "enumerate company registers: DE", "enumerate company registers: PL", "enumerate trade associations", "enumerate product codes",
            "enumerate customs headings", "enumerate patent classes", "enumerate languages and spellings",
        ],
        [(Phases.Search, TaskTypes.DataAggregationSearch)] =
        [
            "trade-fair exhibitor lists", "public procurement notices", "company register filings", "certification databases",
            "patent families by applicant", "customs manifests", "insolvency announcements",
        ],
        [(Phases.Search, TaskTypes.Search)] =
        [
            "web search: sustainability reports", "web search: plant openings", "web search: product catalogues",
            "web search: investor presentations", "web search: job postings",
        ],
        [(Phases.Extraction, TaskTypes.DataAggregationExtract)] =
        [
            "extract ownership chain", "extract capacity table", "extract certification list", "extract product range",
            "extract site addresses", "extract price clauses",
        ],
        [(Phases.Extraction, TaskTypes.EntityExtraction)] =
        [
            "entities in annual report", "entities in tender award", "people and roles in register extract", "materials in data sheet",
            "parties in licence agreement",
        ],
        [(Phases.Enrichment, TaskTypes.Summarization)] =
        [
            "summarise filings", "summarise ownership", "summarise capacity evidence", "summarise supplier profile",
            "summarise recent news",
        ],
        [(Phases.Enrichment, TaskTypes.DokCategorization)] =
        [
            "categorise annual report", "categorise data sheet", "categorise press release", "categorise audit certificate",
        ],
        [(Phases.Enrichment, TaskTypes.Search)] =
        [
            "web search: recalls and complaints", "web search: headquarters", "web search: key customers",
        ],
        [(Phases.Resolution, TaskTypes.Reasoning)] =
        [
            "reconcile conflicting capacity", "decide parent company", "merge duplicate candidates", "date the change of ownership",
            "weigh contradicting sources",
        ],
        [(Phases.Storage, TaskTypes.DokCategorization)] =
        [
            "file profiles by product category", "file profiles by region", "file evidence by source",
        ],
    };

    public static string Message(string phase, string taskType, ulong seed) =>
        new SeededRandom(SeededRandom.Derive(seed, 17)).Pick(Messages.GetValueOrDefault((phase, taskType), Fallback));
}
