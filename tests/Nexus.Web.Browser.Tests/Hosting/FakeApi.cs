using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Json;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.State;
using Nexus.Testing.Fleet;

namespace Nexus.Web.Browser.Tests.Hosting;

/// <summary>A monitoring API over a log in memory, on a port of its own, that can be stopped and started again.</summary>
internal sealed class FakeApi : IAsyncDisposable
{
    private readonly int _port = FreePort.Next();
    private readonly MemoryLog _log = new();
    private readonly Lock _gate = new();
    private readonly LiveState _state = new();
    private readonly ConcurrentBag<Task> _served = [];
    private WebApplication? _app;

    public Uri Address => new($"http://127.0.0.1:{_port}");

    public LogPosition Head => _log.Head;

    public MonitoringEvent Append(MonitoringEvent monitoringEvent)
    {
        lock (_gate)
        {
            var entry = _log.Append(monitoringEvent);
            _state.Apply(entry, _log.Head);
            return entry;
        }
    }

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.WebHost.UseUrls(Address.ToString());
        builder.Services.AddSingleton(this);
        builder.Services.AddSignalR()
            .AddJsonProtocol(options => options.PayloadSerializerOptions = new JsonSerializerOptions(MonitoringJson.Options)
            {
                TypeInfoResolver = System.Text.Json.Serialization.Metadata.JsonTypeInfoResolver.Combine(
                    MonitoringJson.Context, new System.Text.Json.Serialization.Metadata.DefaultJsonTypeInfoResolver()),
            });
        _app = builder.Build();
        _app.MapGet("/api/snapshot", Snapshot);
        _app.MapGet("/api/events", Events);
        _app.MapHub<FakeHub>("/hubs/monitoring");
        await _app.StartAsync();
    }

    public async Task StopAsync()
    {
        if (Interlocked.Exchange(ref _app, null) is { } app)
        {
            await app.StopAsync(new CancellationToken(canceled: true));
            await app.DisposeAsync();
            await Task.WhenAll(_served);
            _served.Clear();
        }
    }

    public ValueTask DisposeAsync() => new(StopAsync());

    /// <summary>Connections that subscribed since it was started.</summary>
    public int Subscriptions => _served.Count;

    public void Serve(Task connection) => _served.Add(connection);

    public (IReadOnlyList<MonitoringEvent> Events, LogPosition Upto) After(LogPosition position) => _log.After(position, most: 500);

    public Task AppendedAfterAsync(LogPosition position, CancellationToken cancellationToken) => _log.AppendedAfterAsync(position, cancellationToken);

    private IResult Snapshot()
    {
        lock (_gate)
        {
            return Results.Bytes(JsonSerializer.SerializeToUtf8Bytes(_state.ToSnapshot(), MonitoringJson.Context.LiveStateSnapshot), "application/json");
        }
    }

    private IResult Events(string? upto, string? task_id, int limit)
    {
        var page = _log.Back(upto is null ? Head : LogPosition.Parse(upto), limit);
        var wanted = page.Events.Where(entry => task_id is null || entry.TaskId == task_id || entry.ParentTaskId == task_id);
        return Results.Bytes(JsonSerializer.SerializeToUtf8Bytes(page with { Events = [.. wanted] }, MonitoringJson.Context.EventsFrame), "application/json");
    }
}
