using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Web.Events;

namespace Nexus.Monitoring.Web.Tests.Events;

public sealed class EventWordsTests
{
    /// <summary>Red is failure only.</summary>
    [Theory]
    [InlineData(EventTypes.TaskFailed, "no", "is-failed")]
    [InlineData(EventTypes.RunFailed, "no", "is-failed")]
    [InlineData(EventTypes.TaskRetry, "no", "is-retrying")]
    [InlineData(EventTypes.TaskStalled, "no", "is-orphaned")]
    [InlineData(EventTypes.WorkerLost, "no", "is-orphaned")]
    [InlineData(EventTypes.TaskStarted, null, "t2")]
    public void Tone_OfAnError_IsThatOfWhatHappened(string type, string? error, string tone) => Assert.Equal(tone, EventWords.Tone(new MonitoringEvent
    {
        EventId = "e",
        Timestamp = DateTimeOffset.UnixEpoch,
        EventType = type,
        Error = error,
    }));

    [Theory]
    [InlineData(null, null)]
    [InlineData("nonsense", null)]
    [InlineData("took,source", "source,took")]
    [InlineData("run-ref,task-ref,task-type,words,worker-ref,took", null)]
    public void Columns_OfAnAddress_KeepTheirOrder(string? names, string? written) =>
        Assert.Equal(written, EventColumn.Write(EventColumn.Read(names)));
}
