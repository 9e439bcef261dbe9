using System.Text.Json;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Web.Api;
using Nexus.Monitoring.Web.Live;
using Nexus.Monitoring.Web.Stories;
using Nexus.Monitoring.Web.Tests.Api;

namespace Nexus.Monitoring.Web.Tests.Stories;

public sealed class TaskFollowerTests : IEventPages
{
    public LogPosition? Until => null;

    public Task<EventsFrame> ReadBackAsync(LogPosition? upto, string? run, CancellationToken cancellationToken) => Task.FromResult(new EventsFrame
    {
        After = new(1, 0), Upto = new(4, 0),
        Events = [WithMeta(2, """{"attempt":1}"""), WithMeta(3, """{"attempt":2}"""), RunFollowerTests.Entry(4, EventTypes.TaskCompleted, "t")],
    });

    [Fact]
    public async Task WithPayload_SeveralEventsCarryData_IsTheNewestOfThem()
    {
        using var api = new AnsweringApi(_ => AnsweringApi.Json("{}"));
        var task = new TaskFollower("t", new ApiReader(api), this);

        await task.LoadAsync(TestContext.Current.CancellationToken);

        Assert.Equal(2, task.WithPayload!.Meta!.Value.GetProperty("attempt").GetInt32());
    }

    private static MonitoringEvent WithMeta(ulong ms, string meta) =>
        RunFollowerTests.Entry(ms, EventTypes.TaskStarted, "t") with { Meta = JsonDocument.Parse(meta).RootElement };
}
