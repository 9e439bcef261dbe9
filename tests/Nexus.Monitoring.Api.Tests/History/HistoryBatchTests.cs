using Nexus.Monitoring.Api.History.Writing;
using Nexus.Monitoring.Api.Tests.Fixtures;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Tests.History;

public sealed class HistoryBatchTests : IDisposable
{
    private const int Events = 1_000;

    private readonly TemporaryHistory _history = new();

    public void Dispose() => _history.Dispose();

    [Fact]
    public void IsFull_AsManyEventsAsAllowed()
    {
        using var connection = _history.Database.Connect();
        using var batch = new HistoryBatch(EventTables.Of(connection), new WriterMemory());

        Assert.Equal(Events, Fill(batch, jsonBytes: 400));
    }

    /// <summary>Two batches may be held at once, outside of the database's own limit.</summary>
    [Fact]
    public void IsFull_FewLargeEvents_BeforeTheyTakeMuchMemory()
    {
        using var connection = _history.Database.Connect();
        using var batch = new HistoryBatch(EventTables.Of(connection), new WriterMemory());

        Assert.Equal(64, Fill(batch, jsonBytes: 1024 * 1024));
    }

    private static int Fill(HistoryBatch batch, int jsonBytes)
    {
        var json = new byte[jsonBytes];
        while (!batch.IsFull(Events))
        {
            var number = batch.Count;
            batch.Add(
                new MonitoringEvent { EventId = $"event-{number}", EventType = EventTypes.TaskEnqueued, Timestamp = DateTimeOffset.UnixEpoch },
                new LogPosition(1, (ulong)number), json);
        }

        return batch.Count;
    }
}
