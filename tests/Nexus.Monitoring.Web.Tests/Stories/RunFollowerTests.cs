using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Web.Live;
using Nexus.Monitoring.Web.Stories;

namespace Nexus.Monitoring.Web.Tests.Stories;

public sealed class RunFollowerTests
{
    private readonly EventLog _live = new();

    [Fact]
    public async Task Load_SeveralPages_TellsTheRunFromItsBeginning()
    {
        var pages = new Pages(
            (Upto: 10, After: 5, [Entry(8, EventTypes.TaskCompleted, "a")]),
            (Upto: 5, After: 0, [Entry(2, EventTypes.RunStarted, "run1"), Entry(4, EventTypes.TaskStarted, "a")]),
            (Upto: 0, After: 0, [Entry(1, EventTypes.TaskFailed, "x")]));
        var run = new RunFollower("run1", pages);

        await run.LoadAsync(TestContext.Current.CancellationToken);

        Assert.True(run is { IsLoaded: true, IsWhole: true });
        Assert.Equal(EventStatuses.Completed, run.Story.Task("a")!.Status);
        Assert.Equal([2, 4, 8], run.Events.Select(entry => (int)LogPosition.Parse(entry.Cursor!).Milliseconds));
        Assert.Equal(2, pages.Asked);
    }

    [Fact]
    public async Task Update_WhatArrivedMeanwhileToo_IsToldOnce()
    {
        var run = new RunFollower("run1", new Pages((Upto: 6, After: 6, [Entry(4, EventTypes.TaskStarted, "a"), Entry(6, EventTypes.TaskStarted, "b")])));
        await run.LoadAsync(TestContext.Current.CancellationToken);
        foreach (var entry in new[] { Entry(6, EventTypes.TaskStarted, "b"), Entry(7, EventTypes.TaskCompleted, "b"), Entry(8, EventTypes.TaskStarted, "c", "run2") })
        {
            _live.Append(entry);
        }

        _live.Publish();

        Assert.True(run.Update(_live.View));
        Assert.False(run.Update(_live.View));
        Assert.Equal(["a", "b"], run.Story.Tasks.Select(task => task.TaskId));
        Assert.Equal(EventStatuses.Completed, run.Story.Task("b")!.Status);
        Assert.False(run.IsWhole);
        Assert.Equal(EventTypes.TaskCompleted, run.LastOf("b")!.EventType);
    }

    internal static MonitoringEvent Entry(ulong ms, string type, string task, string run = "run1") => new()
    {
        EventId = $"{run}-{ms}",
        Timestamp = DateTimeOffset.UnixEpoch,
        EventType = type,
        TaskId = task,
        ParentTaskId = run,
        Phase = type.StartsWith("task", StringComparison.Ordinal) ? "search" : null,
        Cursor = new LogPosition(ms, 0).ToString(),
    };

    private sealed class Pages(params (ulong Upto, ulong After, MonitoringEvent[] Events)[] pages) : IEventPages
    {
        public int Asked { get; private set; }

        public LogPosition? Until { get; init; }

        public Task<EventsFrame> ReadBackAsync(LogPosition? upto, string? run, CancellationToken cancellationToken)
        {
            Assert.Equal("run1", run);
            Assert.Equal(Asked == 0 ? null : new LogPosition(pages[Asked].Upto, 0), upto);
            var page = pages[Asked++];
            return Task.FromResult(new EventsFrame { After = new(page.After, 0), Upto = new(page.Upto, 0), Events = page.Events });
        }
    }
}
