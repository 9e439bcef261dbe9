using Nexus.Monitoring.Contracts.Views;
using Nexus.Monitoring.Web.Components.About;
using Nexus.Monitoring.Web.Components.Events;
using Nexus.Monitoring.Web.Components.Overview;
using Nexus.Monitoring.Web.Components.Runs;
using Nexus.Monitoring.Web.Components.Tasks;
using Nexus.Monitoring.Web.Components.Trends;
using Nexus.Monitoring.Web.Components.Workers;
using Nexus.Monitoring.Web.Trends;

namespace Nexus.Monitoring.Web.Components.Boards;

/// <summary>All panels that may stand on a board. A page's panel becomes one by an entry here and its <c>Kind</c> in its head.</summary>
internal static class PanelCatalog
{
    public static IReadOnlyList<PanelEntry> All { get; } =
    [
        new("figures", "Key figures", typeof(MetricCards), 12),
        new("attention", "Needs attention", typeof(AttentionStrip), 12),
        new("queue-depth", "Queue depth", typeof(QueuePanel), 6),
        new("times", "Run and wait time", typeof(TimesPanel), 6),
        new("throughput", "Throughput", typeof(ThroughputPanel), 6),
        new("error-rate", "Error rate", typeof(ErrorRatePanel), 6),
        new("runs", "Runs in progress", typeof(RunsPanel), 12),
        new("workers", "Workers", typeof(WorkersPanel), 4),
        new("failures", "Newest failures", typeof(FailuresPanel), 4),
        new("live-events", "Live events", typeof(TailPanel), 4),
        new("lanes", "Workers and what they did", typeof(LanesPanel), 12),
        new("demand", "Demand by task type", typeof(DemandPanel), 12),
        new("tasks", "Tasks", typeof(TasksPanel), 6),
        new("events", "Events", typeof(EventsPanel), 12),
        new("all-runs", "Runs, in progress and ended", typeof(AllRunsPanel), 12),
        new("run-phases", "Phases of a run", typeof(RunChartPanel), 12) { StandsAlone = false },
        new("run-tasks", "Tasks of a run", typeof(RunChartPanel), 12)
        {
            StandsAlone = false, Fixed = new Dictionary<string, object> { [nameof(RunChartPanel.IsTasks)] = true },
        },
        .. new[] { ("latency", "Latency"), ("sizes", "Sizes"), ("connections", "Connections and drops"), ("versions", "Node") }.Select(part =>
            new PanelEntry($"about-{part.Item1}", $"{part.Item2} of this instance", typeof(AboutPanel), 6)
            {
                Fixed = new Dictionary<string, object> { [nameof(AboutPanel.Part)] = part.Item1 },
            }),
        .. TrendsPage.Kinds.Select(kind => new PanelEntry($"trend-{kind}", $"{TrendChartKind.Of(kind).Title}, trend", typeof(TrendPanel), 6)
        {
            Fixed = new Dictionary<string, object> { [nameof(TrendPanel.Kind)] = kind },
        }),
        new("trend-run-map", "Run times, heat map", typeof(HeatPanel), 12),
        new("trend-wait-map", "Wait times, heat map", typeof(HeatPanel), 12)
        {
            Fixed = new Dictionary<string, object> { [nameof(HeatPanel.IsWait)] = true },
        },
        new("trend-profile", "Profile", typeof(ProfilePanel), 12),
        new("trend-failures", "Failures of a period", typeof(ErrorsPanel), 6),
        new("trend-slowest", "Slowest attempts", typeof(SlowestPanel), 6),
        new("trend-workers", "Worker utilisation", typeof(WorkerUsePanel), 12),
        new("trend-compared", "Compared with the period before", typeof(ComparePanel), 12),
    ];

    public static PanelEntry? Find(string kind) => All.FirstOrDefault(entry => entry.Kind == kind);

    /// <summary>Only what the component takes: a board may be older, or newer, than this dashboard.</summary>
    public static IDictionary<string, object> Parameters(PanelEntry entry, BoardPanel panel)
    {
        var parameters = new Dictionary<string, object>(entry.Fixed);
        (string Name, string? Value)[] wanted = [("Project", panel.Project), ("Range", panel.Range), ("Query", panel.Query), .. PanelChoices.Read(panel.Choices)];
        foreach (var (name, value) in wanted)
        {
            var type = entry.Component.GetProperty(name)?.PropertyType;
            if (value is not null && type is not null && !entry.Fixed.ContainsKey(name))
            {
                if (type == typeof(string))
                {
                    parameters[name] = value;
                }
                else if (type == typeof(bool) || type == typeof(bool?))
                {
                    parameters[name] = value == "1";
                }
            }
        }

        return parameters;
    }
}
