namespace Nexus.Coordinator.Sim.Orchestration;

/// <summary>The phases of a run, in their order.</summary>
internal static class Phases
{
    public const string Enumeration = "enumeration";
    public const string Search = "search";
    public const string Extraction = "extraction";
    public const string Enrichment = "enrichment";
    public const string Resolution = "resolution";
    public const string Storage = "storage";

    public static IReadOnlyList<string> All { get; } = [Enumeration, Search, Extraction, Enrichment, Resolution, Storage];
}
