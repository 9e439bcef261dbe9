namespace Nexus.Coordinator.Sim.Orchestration;

/// <summary>Names of runs, by project.</summary>
internal static class RunVocabulary
{
    private static readonly Dictionary<string, string[]> ByProject = new()
    {
        ["market-atlas"] =
        [
            "EU packaging suppliers", "Refill retail, Nordics", "Cold-chain logistics, DACH", "Plant-based dairy, Benelux",
            "Home batteries, Iberia", "Contract labs, UK + IE", "Reusable cups, cities over 500 k",
        ],
        ["patent-radar"] =
        [
            "Solid electrolytes since 2022", "Perovskite tandem cells", "Heat-pump refrigerants", "Binder-free electrodes",
            "mRNA lipid carriers", "Direct lithium extraction",
        ],
        ["tariff-watch"] =
        [
            "Aluminium extrusions, weekly", "Solar glass, EU + IN", "Ceramic tableware, anti-dumping", "Bicycle parts, quarterly",
            "Silicon metal, safeguard review", "Fertiliser quotas, Black Sea",
        ],
        ["supplier-graph"] =
        [
            "Tier-1 battery cells, EU + KR", "Castings for wind gearboxes", "Rare-earth magnets, tier 2", "Medical-grade tubing",
            "Power modules, second sources", "Forgings for landing gear",
        ],
    };

    private static readonly string[] Others = ["Landscape scan", "Weekly refresh", "Gap analysis", "Source audit", "Deep dive"];

    public static IReadOnlyList<string> Names(string projectId) => ByProject.GetValueOrDefault(projectId, Others);
}
