using Nexus.Monitoring.Contracts.Views;
using Nexus.Monitoring.Web.Components.Overview;

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
    ];

    public static PanelEntry? Find(string kind) => All.FirstOrDefault(entry => entry.Kind == kind);

    /// <summary>Only what the component takes: a board may be older, or newer, than this dashboard.</summary>
    public static IDictionary<string, object> Parameters(PanelEntry entry, BoardPanel panel)
    {
        var parameters = new Dictionary<string, object>();
        foreach (var (name, value) in new[] { ("Project", panel.Project), ("Range", panel.Range), ("Query", panel.Query) })
        {
            if (value is not null && entry.Component.GetProperty(name)?.PropertyType == typeof(string))
            {
                parameters[name] = value;
            }
        }

        return parameters;
    }
}
