using Microsoft.AspNetCore.Http;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Web.Live;
using Nexus.Testing.Fleet;

namespace Nexus.Web.Browser.Tests.Hosting;

/// <summary>A dashboard with a quarter of an hour of work behind it, and nothing that happens by itself from then on.</summary>
internal sealed class Board : IAsyncDisposable
{
    private DashboardHost _host;
    private int _published;

    private Board(FakeApi api, DashboardHost host, ScriptedFleet fleet)
    {
        Api = api;
        _host = host;
        Fleet = fleet;
    }

    public FakeApi Api { get; }

    public ScriptedFleet Fleet { get; }

    public Uri Overview => new(_host.Address, "/monitoring");

    public static async Task<Board> StartAsync(bool workerLost = false)
    {
        var api = new FakeApi();
        var now = DateTimeOffset.UtcNow;
        var fleet = new ScriptedFleet(now - TimeSpan.FromMinutes(16), monitoringEvent => api.Append(monitoringEvent));
        fleet.AdvanceTo(now - TimeSpan.FromSeconds(90));
        if (workerLost)
        {
            fleet.Kill(7);
        }

        fleet.AdvanceTo(now);
        await api.StartAsync();
        var host = await DashboardHost.StartAsync(api.Address);
        await Eventually.IsTrueAsync(() => host.Feed.Status.Phase == FeedPhase.Live, "the dashboard reads the stream");
        return new Board(api, host, fleet);
    }

    public Uri At(string path) => new(_host.Address, path);

    /// <summary>The dashboard's process ends, and with it every circuit.</summary>
    public ValueTask StopDashboardAsync() => _host.DisposeAsync();

    /// <summary>A new one, at the same address, that knows of no circuit.</summary>
    public async Task StartDashboardAsync(Uri address) => _host = await DashboardHost.StartAsync(Api.Address, address.Port);

    public MonitoringEvent Publish(string eventType, string task, string? error = null, string project = "market-atlas") => Api.Append(new MonitoringEvent
    {
        EventId = $"published-{++_published}",
        Timestamp = DateTimeOffset.UtcNow,
        EventType = eventType,
        ProjectId = project,
        ParentTaskId = "run-of-the-test",
        TaskId = task,
        TaskType = "summarization",
        Error = error,
        TraceId = "4bf92f3577b34da6a3ce929d0e0e4736",
    });

    /// <summary>A board with a panel of each kind of page, as the API keeps it.</summary>
    public void ServeBoard()
    {
        Api.Answers["/api/views"] = _ => Results.Text("""{"items":[]}""", "application/json");
        Api.Answers["/api/boards"] = _ => Results.Text(
            """
            {"items":[{"id":"wall","name":"Wall","version":1,"updated_at":"2026-11-23T12:00:00Z","panels":[
              {"id":"a","kind":"figures","width":12},{"id":"b","kind":"queue-depth","width":6},{"id":"c","kind":"tasks","width":6,"choices":"status=failed"},
              {"id":"d","kind":"events","width":12,"query":"event_type:task_failed"},{"id":"e","kind":"about-sizes","width":12},{"id":"f","kind":"trend-run","width":6,"choices":"by=worker"}]}]}
            """, "application/json");
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await Api.DisposeAsync();
    }
}
