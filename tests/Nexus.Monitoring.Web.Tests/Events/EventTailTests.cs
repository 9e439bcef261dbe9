using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Web.Events;
using Nexus.Monitoring.Web.Live;

namespace Nexus.Monitoring.Web.Tests.Events;

public sealed class EventTailTests
{
    private readonly EventLog _log = new();

    [Fact]
    public void Update_NewEvents_AreNewestFirst()
    {
        var tail = new EventTail();

        Append(1, 3);

        Assert.True(tail.Update(_log.View));
        Assert.Equal(["e3", "e2", "e1"], Shown(tail));
        Assert.False(tail.Update(_log.View));
    }

    [Fact]
    public void Hold_NewEvents_AreCountedNotShown()
    {
        var tail = new EventTail();
        Append(1, 2);
        tail.Update(_log.View);

        tail.Hold();
        Append(3, 5);

        Assert.True(tail.Update(_log.View));
        Assert.Equal(["e2", "e1"], Shown(tail));
        Assert.Equal(3, tail.Waiting);
    }

    [Fact]
    public void Release_AfterHold_ShowsWhatWaited()
    {
        var tail = new EventTail();
        Append(1, 2);
        tail.Update(_log.View);
        tail.Hold();
        Append(3, 5);
        tail.Update(_log.View);

        tail.Release(_log.View);

        Assert.Equal(["e5", "e4", "e3", "e2", "e1"], Shown(tail));
        Assert.Equal(0, tail.Waiting);
    }

    [Fact]
    public void Hold_LongerThanTheLogRemembers_KeepsWhatIsShown()
    {
        var tail = new EventTail();
        Append(1, 2);
        tail.Update(_log.View);
        tail.Hold();

        Append(3, EventLog.Capacity * 2);
        tail.Update(_log.View);

        Assert.Equal(["e2", "e1"], Shown(tail));
    }

    [Fact]
    public void Update_MoreThanItKeeps_StaysWithinItsBound()
    {
        var tail = new EventTail(capacity: 100);
        for (var i = 0; i < 40; i++)
        {
            Append((i * 50) + 1, (i + 1) * 50);
            tail.Update(_log.View);

            Assert.InRange(tail.Count, 1, 125);
        }

        Assert.Equal("e2000", tail[0].EventId);
    }

    [Fact]
    public void Show_OtherQuery_ScansWhatIsThere()
    {
        var tail = new EventTail();
        Append(1, 4, EventTypes.TaskStarted);
        Append(5, 6, EventTypes.TaskFailed);
        tail.Update(_log.View);

        tail.Show(entry => entry.EventType == EventTypes.TaskFailed, _log.View);

        Assert.Equal(["e6", "e5"], Shown(tail));
    }

    private void Append(int first, int last, string type = EventTypes.TaskStarted)
    {
        for (var i = first; i <= last; i++)
        {
            _log.Append(TestEvents.Event(i, type));
        }

        _log.Publish();
    }

    private static IEnumerable<string> Shown(EventTail tail) => Enumerable.Range(0, tail.Count).Select(age => tail[age].EventId);
}
