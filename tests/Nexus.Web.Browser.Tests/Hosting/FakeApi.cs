using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.History;
using Nexus.Monitoring.Contracts.Json;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.Query;
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

    /// <summary>What is answered to other questions, by their path; what is not there is not found.</summary>
    public ConcurrentDictionary<string, Func<IQueryCollection, IResult>> Answers { get; } = new();

    /// <summary>Those other questions, in the order in which they came.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>What was imported: each a history of its own, that nothing is asked of but through this one.</summary>
    public ConcurrentDictionary<string, FakeApi> Sessions { get; } = new();

    /// <summary>The history that a question is about.</summary>
    public FakeApi Of(string? session) => session is null ? this : Sessions[session];

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
        // What a test scripts goes before what is made up here.
        _app.Use((http, next) => Answers.ContainsKey(http.Request.Path) ? Answer(http.Request).ExecuteAsync(http) : next(http));
        _app.MapGet("/api/snapshot", Snapshot);
        _app.MapGet("/api/state", State);
        _app.MapGet("/api/stats/density", Density);
        _app.MapGet("/api/events", Events);
        _app.MapGet("/api/export", ExportAsync);
        _app.MapStories(this);
        _app.MapSessions(this);
        _app.MapFallback("/api/{**path}", Answer);
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

    /// <summary>Everything appended, oldest first.</summary>
    public IReadOnlyList<MonitoringEvent> All => _log.Back(Head, int.MaxValue).Events;

    /// <summary>How the tasks stand.</summary>
    public IReadOnlyList<TaskRow> Tasks(string? status, string? sort)
    {
        lock (_gate)
        {
            return FakeStories.Rows(_state.ToSnapshot().Tasks, status, sort);
        }
    }

    /// <summary>All runs, as a list of them is answered.</summary>
    public byte[] RunsJson()
    {
        lock (_gate)
        {
            var runs = _state.OpenRuns.Concat(_state.EndedRuns).OrderByDescending(run => run.Position);
            return System.Text.Encoding.UTF8.GetBytes(
                $$"""{"items":[{{string.Join(',', runs.Select(run => JsonSerializer.Serialize(run, MonitoringJson.Context.RunState)))}}],"position":"{{Head}}"}""");
        }
    }

    /// <summary>The log folded up to an instant, which the real service does from its checkpoints.</summary>
    private IResult State(string at)
    {
        var upto = LogPosition.TryParse(at, out var position)
            ? position
            : LogPosition.At(DateTimeOffset.Parse(at, CultureInfo.InvariantCulture)) with { Sequence = ulong.MaxValue };
        var state = new LiveState();
        foreach (var entry in _log.After(LogPosition.Start).Events)
        {
            if (LogPosition.Parse(entry.Cursor!) is var cursor && cursor <= upto)
            {
                state.Apply(entry, cursor);
            }
        }

        return Results.Bytes(JsonSerializer.SerializeToUtf8Bytes(state.ToSnapshot(), MonitoringJson.Context.LiveStateSnapshot), "application/json");
    }

    private IResult Density(DateTimeOffset from, DateTimeOffset to, int buckets)
    {
        var width = (long)(to - from).TotalMilliseconds / buckets;
        var (events, failures) = (new long[buckets], new long[buckets]);
        foreach (var entry in All.Where(entry => entry.Timestamp >= from && entry.Timestamp < to))
        {
            var bucket = Math.Min((int)((entry.Timestamp - from).TotalMilliseconds / width), buckets - 1);
            events[bucket]++;
            failures[bucket] += entry.EventType is EventTypes.TaskFailed or EventTypes.PhaseFailed or EventTypes.RunFailed ? 1 : 0;
        }

        return Results.Bytes(JsonSerializer.SerializeToUtf8Bytes(
            new DensityAnswer(from, width, events, failures), MonitoringJson.Context.DensityAnswer), "application/json");
    }

    private IResult Answer(HttpRequest request)
    {
        Asked.Enqueue(request.Path + request.QueryString);
        return Answers.TryGetValue(request.Path, out var answer) ? answer(request.Query) : Results.Problem("There is no such thing.", statusCode: 404);
    }

    private IResult Events(string? session, string? upto, string? task_id, [AsParameters] Wanted wanted, int limit)
    {
        if (session is not null)
        {
            return Sessions.TryGetValue(session, out var imported)
                ? imported.Events(null, upto, task_id, wanted, limit)
                : Results.Problem($"There is no imported session '{session}' on this node.", statusCode: 404);
        }

        var page = _log.Back(upto is null ? Head : LogPosition.Parse(upto), limit);
        var events = page.Events.Where(entry => task_id is null || entry.TaskId == task_id || entry.ParentTaskId == task_id).Where(wanted.Matches);
        return Results.Bytes(JsonSerializer.SerializeToUtf8Bytes(page with { Events = [.. events] }, MonitoringJson.Context.EventsFrame), "application/json");
    }

    /// <summary>One event a line, whatever the format.</summary>
    private async Task ExportAsync(HttpContext http, [AsParameters] Wanted wanted)
    {
        var events = All.Where(wanted.Matches).ToList();
        http.Response.ContentType = "application/x-ndjson";
        http.Response.Headers.ContentDisposition = "attachment; filename=\"nexus-events.ndjson\"";
        http.Response.Headers["Nexus-Export-Total"] = events.Count.ToString(System.Globalization.CultureInfo.InvariantCulture);
        foreach (var entry in events)
        {
            await http.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(entry, MonitoringJson.Context.MonitoringEvent), http.RequestAborted);
            await http.Response.WriteAsync("\n", http.RequestAborted);
        }
    }

    /// <summary>The part of a question that this API understands: all but the period.</summary>
    private sealed class Wanted
    {
        public string? Q { get; set; }

        public string? Project_id { get; set; }

        public bool Matches(MonitoringEvent entry) => (Project_id is null || entry.ProjectId == Project_id)
            && (!EventQuery.TryParse(Q ?? "", out var query, out _) || query.Compile(DateTimeOffset.UtcNow)(entry));
    }
}
