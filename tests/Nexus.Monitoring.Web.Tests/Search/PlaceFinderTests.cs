using System.Net;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Web.Api;
using Nexus.Monitoring.Web.Search;
using Nexus.Monitoring.Web.Tests.Api;
using Nexus.Monitoring.Web.Tests.Components;

namespace Nexus.Monitoring.Web.Tests.Search;

public sealed class PlaceFinderTests
{
    [Fact]
    public void Of_TraceOfOneTask_IsTheTask() =>
        Assert.EndsWith("/run?task=a", PlaceFinder.Of([Event("a", "1"), Event("a", "2")], null), StringComparison.Ordinal);

    [Fact]
    public void Of_TraceOfARun_IsTheRun_AndOfASpanItsTask()
    {
        MonitoringEvent[] trace = [Event("a", "1"), Event("b", "2")];

        Assert.EndsWith("/runs/run", PlaceFinder.Of(trace, null), StringComparison.Ordinal);
        Assert.EndsWith("/run?task=b", PlaceFinder.Of(trace, "2"), StringComparison.Ordinal);
        Assert.Null(PlaceFinder.Of([], null));
    }

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.NotFound)]
    public async Task FindAsync_NobodyCanSay_IsTextToSearchFor(HttpStatusCode status)
    {
        using var api = new AnsweringApi(_ => AnsweringApi.Problem(status));

        Assert.Null(await new PlaceFinder(new FakeFeed(), new ApiReader(api)).FindAsync("4bf92f3577b34da6a3ce929d0e0e4736", CancellationToken.None));
    }

    private static MonitoringEvent Event(string task, string span) => new()
    {
        EventId = $"{task}{span}",
        Timestamp = DateTimeOffset.UnixEpoch,
        EventType = EventTypes.TaskStarted,
        TaskId = task,
        ParentTaskId = "run",
        TraceId = "4bf92f3577b34da6a3ce929d0e0e4736",
        SpanId = span,
    };
}
