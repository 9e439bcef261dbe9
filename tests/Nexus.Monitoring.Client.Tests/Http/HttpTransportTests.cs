using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Nexus.Monitoring.Client.Log;
using Nexus.Monitoring.Client.Publishing;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Client.Tests.Http;

/// <summary>The publisher over real HTTP, against a service that answers as protocol.md says.</summary>
public sealed class HttpTransportTests : IAsyncLifetime
{
    private readonly List<string?> _batches = [];
    private readonly List<string> _bodies = [];
    private readonly PublishedEvents _published = new();
    private Func<string, IResult> _answer = Accept;
    private WebApplication _service = null!;
    private IHost _process = null!;

    private IMonitoringPublisher Publisher => _process.Services.GetRequiredService<IMonitoringPublisher>();

    public async ValueTask InitializeAsync()
    {
        var web = WebApplication.CreateSlimBuilder();
        web.WebHost.UseUrls("http://127.0.0.1:0");
        web.Logging.ClearProviders();
        _service = web.Build();
        _service.MapPost("/base/api/events", async (HttpRequest request) =>
        {
            using var reader = new StreamReader(request.Body, Encoding.UTF8);
            var body = await reader.ReadToEndAsync();
            Assert.Equal("application/x-ndjson", request.ContentType);
            _batches.Add(request.Headers[ProducerBatch.HeaderName]);
            _bodies.Add(body);
            return _answer(body);
        });
        await _service.StartAsync();

        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "http-producer" });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Monitoring:RetryDelay"] = "0.01" });
        builder.Services.AddSingleton<IPublishObserver>(_published);
        builder.AddNexusMonitoringHttp(new Uri(_service.Urls.First() + "/base"));
        _process = builder.Build();
        await _process.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _process.StopAsync();
        _process.Dispose();
        await _service.DisposeAsync();
    }

    [Fact]
    public async Task Publish_OverHttp_SendsNdjsonAndLearnsThePositions()
    {
        Publish("a", "b");
        await FlushAsync();
        await Eventually.IsTrueAsync(() => _published.All.Count == 2, "the positions are known");

        var lines = string.Concat(_bodies).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["a", "b"], lines.Select(line => Read(line).TaskId));
        Assert.All(lines, line => Assert.StartsWith("http-producer/", Read(line).Source, StringComparison.Ordinal));
        Assert.All(_published.All, one => Assert.NotNull(one.Position));
    }

    [Fact]
    public async Task Publish_ServiceRefusesSome_CountsThemAndKeepsTheOthers()
    {
        _answer = body =>
        {
            _answer = Accept;
            return Results.Text("""{"accepted":1,"cursors":["7-0"],"rejected":[{"number":1,"reason":"event_id is bad"}]}""");
        };
        Publish("bad", "good");
        await Eventually.IsTrueAsync(() => Publisher.Statistics.Pending == 0, "nothing waits");

        Assert.Equal(1, Publisher.Statistics.Dropped[DropReasons.Rejected]);
    }

    [Fact]
    public async Task Publish_ServiceAwayOrAnswerLost_RepeatsTheSameBatchUnderTheSameName()
    {
        var failures = new Queue<IResult>([
            Results.Problem("Redis is away.", statusCode: 503), Results.StatusCode(502), Results.Text("{broken"), Results.StatusCode(500)]);
        _answer = body => failures.TryDequeue(out var failure) ? failure : Accept(body);
        Publish("a");
        await FlushAsync();

        Assert.Equal(5, _bodies.Count);
        Assert.Single(_bodies.Distinct());
        var name = Assert.Single(_batches.Distinct());
        Assert.True(ProducerBatch.TryParse(name, out var batch));
        Assert.Equal(1, batch.Number);
        Assert.Equal(0, Publisher.Statistics.DroppedTotal);
    }

    [Theory]
    [InlineData("abc-1/7", true)]
    [InlineData("abc/0", false)]
    [InlineData("abc/-1", false)]
    [InlineData("/1", false)]
    [InlineData("a b/1", false)]
    [InlineData("abc", false)]
    [InlineData(null, false)]
    public void ProducerBatch_TryParse_TakesOnlyNames(string? text, bool expected)
    {
        Assert.Equal(expected, ProducerBatch.TryParse(text, out var batch));
        Assert.True(!expected || batch.ToString() == text);
    }

    private static IResult Accept(string body)
    {
        var count = body.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;
        var cursors = Enumerable.Range(0, count).Select(i => new LogPosition(5, (ulong)i).ToString()).ToArray();
        return Results.Json(new { accepted = count, cursors, rejected = Array.Empty<object>() });
    }

    private static MonitoringEvent Read(string line)
    {
        Assert.True(EventJson.TryRead(Encoding.UTF8.GetBytes(line), out var e, out var problem), problem);
        return e;
    }

    private void Publish(params string[] taskIds)
    {
        foreach (var id in taskIds)
        {
            Publisher.Publish(Publisher.NewEvent(EventTypes.TaskStarted) with { TaskId = id });
        }
    }

    private async Task FlushAsync()
    {
        using var deadline = new CancellationTokenSource(Eventually.DefaultDeadline);
        Assert.True(await Publisher.FlushAsync(deadline.Token), "everything is sent");
    }
}
