using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Nexus.Monitoring.Client.Reading;
using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Json;
using Nexus.Monitoring.Contracts.State;

namespace Nexus.Monitoring.Client.Tests.Reading;

/// <summary>The reader over real sockets, against a hub that behaves as protocol.md says.</summary>
public sealed class HubTests : IAsyncLifetime
{
    private readonly HubLog _log = new();
    private WebApplication _node = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(_log);
        builder.Services.AddSignalR();
        _node = builder.Build();
        _node.MapHub<FakeHub>("/hubs/monitoring");
        _node.MapGet("/api/snapshot", () => Microsoft.AspNetCore.Http.TypedResults.Json(new LiveState().ToSnapshot(), MonitoringJson.Context.LiveStateSnapshot));
        await _node.StartAsync();
    }

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    [Theory]
    [InlineData("http://monitoring-api")]
    [InlineData("https+http://monitoring-api")]
    public async Task Read_AddressOfServiceDiscovery_ReachesTheHubAndTheSnapshot(string address)
    {
        using var host = Reader(new Uri(address));
        using var stop = new CancellationTokenSource(Eventually.DefaultDeadline);
        var reader = host.Services.GetRequiredService<MonitoringStreamReader>();
        Assert.True(FilterParser.TryCreate(["alpha"], null, ["task_failed"], false, out var filter, out _));

        var frames = new List<StreamFrame>();
        await foreach (var frame in reader.ReadAsync(filter, Frames.At(2), stop.Token))
        {
            frames.Add(frame);
            if (frame is StatusFrame)
            {
                break;
            }
        }

        Assert.Equal(["ResumedFrame", "EventsFrame", "PingFrame", "GapFrame", "StatusFrame"], frames.Select(frame => frame.GetType().Name));
        Assert.Equal("3", Assert.IsType<EventsFrame>(frames[1]).Events[0].TaskId);
        Assert.Equal(("""{"type":"filter","project_id":["alpha"],"event_types":["task_failed"]}""", "2-0"), _log.Subscriptions.Single());
        Assert.Equal(0, (await host.Services.GetRequiredService<MonitoringApiClient>().GetSnapshotAsync(stop.Token)).Events);
    }

    [Fact]
    public async Task Read_ConnectionCut_ComesBackWithItsPosition()
    {
        using var host = Reader(new Uri(_node.Urls.First()));
        using var stop = new CancellationTokenSource(Eventually.DefaultDeadline);
        var reader = host.Services.GetRequiredService<MonitoringStreamReader>();
        _log.AbortAfterEvents = true;

        var resumed = 0;
        await foreach (var frame in reader.ReadAsync(EventFilter.All, Frames.At(2), stop.Token))
        {
            resumed += frame is ResumedFrame ? 1 : 0;
            if (resumed == 2)
            {
                break;
            }
        }

        Assert.Equal([(null, "2-0"), (null, "4-0")], _log.Subscriptions.Select(one => ((string?)one.Filter, one.Cursor)));
    }

    private IHost Reader(Uri address)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["services:monitoring-api:http:0"] = _node.Urls.First() });
        builder.Services.AddServiceDiscovery();
        builder.Services.ConfigureHttpClientDefaults(http => http.AddServiceDiscovery());
        builder.AddNexusMonitoringReader(address);
        return builder.Build();
    }

    internal sealed class HubLog
    {
        public List<(string? Filter, string? Cursor)> Subscriptions { get; } = [];

        public bool AbortAfterEvents { get; set; }
    }

    internal sealed class FakeHub(HubLog log) : Hub
    {
        public async Task Subscribe(JsonElement? filter, string? cursor)
        {
            log.Subscriptions.Add((filter is { ValueKind: JsonValueKind.Object } wanted ? wanted.GetRawText() : null, cursor));
            await SendAsync("Resumed", new ResumedFrame { After = Frames.At(2), Replayed = 0 });
            if (log.Subscriptions.Count > 1)
            {
                return;
            }

            await SendAsync("Events", Frames.Events(2, 4, 3));
            if (log.AbortAfterEvents)
            {
                Context.Abort();
                return;
            }

            await SendAsync("Ping", new PingFrame { Cursor = Frames.At(4) });
            await SendAsync("Gap", new GapFrame { After = Frames.At(4), Upto = Frames.At(6), Missed = 2, Reason = GapReasons.Retention });
            await SendAsync("Status", new StatusFrame { Log = StatusFrame.Unavailable, Since = DateTimeOffset.UnixEpoch });
        }

        private Task SendAsync(string method, StreamFrame frame) =>
            Clients.Caller.SendAsync(method, JsonSerializer.SerializeToElement(frame, MonitoringJson.Context.StreamFrame));
    }
}
