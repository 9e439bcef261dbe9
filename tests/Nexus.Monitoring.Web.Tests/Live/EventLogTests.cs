using Nexus.Monitoring.Web.Live;
using Nexus.Monitoring.Web.Tests.Events;

namespace Nexus.Monitoring.Web.Tests.Live;

public sealed class EventLogTests
{
    [Fact]
    public void View_AfterMoreThanCapacity_HoldsTheNewestInOrder()
    {
        var log = Filled(EventLog.Capacity + (3 * EventLog.ChunkSize) + 5);
        var view = log.View;

        Assert.Equal(EventLog.Capacity + (3 * EventLog.ChunkSize) + 5, view.End);
        Assert.InRange(view.End - view.Start, EventLog.Capacity - EventLog.ChunkSize, EventLog.Capacity);
        for (var i = view.Start; i < view.End; i++)
        {
            Assert.Equal($"e{i}", view[i].EventId);
        }
    }

    [Fact]
    public void View_WhileTheLogGoesOn_NeverChanges()
    {
        var log = Filled(10);
        var view = log.View;

        Fill(log, 10, EventLog.Capacity * 2);

        Assert.Equal(10, view.End);
        Assert.Equal("e9", view[9].EventId);
        Assert.Throws<ArgumentOutOfRangeException>(() => view[10]);
    }

    [Fact]
    public void View_BeforePublish_ShowsNothingNew()
    {
        var log = Filled(2);

        log.Append(TestEvents.Event(2));

        Assert.Equal(2, log.View.End);
    }

    [Fact]
    public void Find_SeveralMatch_IsTheNewest() =>
        Assert.Equal("e9", Filled(10).View.Find(candidate => candidate.EventId != "e10")!.EventId);

    private static EventLog Filled(int count)
    {
        var log = new EventLog();
        Fill(log, 0, count);
        return log;
    }

    private static void Fill(EventLog log, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            log.Append(TestEvents.Event(i));
        }

        log.Publish();
    }
}
