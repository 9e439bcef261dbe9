using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.State;

namespace Nexus.Monitoring.Contracts.Tests.State;

public sealed class TaskWalkTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(100)]
    public void GoOn_SomeStepsAtATime_SeesEachTaskFromTheOneHeardOfLast(int steps)
    {
        var state = Tasks().Fold();

        Assert.Equal(["b", "d", "c", "a"], See(state, new TaskWalk(null, true, LogPosition.Start), steps));
        Assert.Equal(["b", "c"], See(state, new TaskWalk(null, true, null), steps));
        Assert.Equal(["d", "a"], See(state, new TaskWalk(null, false, LogPosition.Start), steps));
        Assert.Equal(["b", "d", "c"], See(state, new TaskWalk(null, true, state.Task("a")!.Position), steps));
        Assert.Equal(["c", "a"], See(state, new TaskWalk(state.Task("d")!.Position, true, LogPosition.Start), steps));
    }

    [Fact]
    public void GoOn_TasksChangeInBetween_NoneIsSeenTwiceAndNoneThatStoodStillIsLeftOut()
    {
        var script = Tasks();
        var state = script.Fold();
        var walk = new TaskWalk(null, true, LogPosition.Start);
        List<string> seen = [];

        Assert.True(walk.GoOn(state, 2, Note));
        script.Task(10, EventTypes.TaskStarted, "d", 1).Task(11, EventTypes.TaskRetry, "b", 1).Task(12, EventTypes.TaskEnqueued, "e").FoldInto(state);
        Assert.True(walk.GoOn(state, 1, Note));
        script.Task(13, EventTypes.TaskStarted, "e", 1).FoldInto(state);
        while (walk.GoOn(state, 1, Note))
        {
        }

        Assert.Equal(["b", "d", "c", "a"], seen);

        bool Note(TaskState task)
        {
            seen.Add(task.TaskId);
            return true;
        }
    }

    [Fact]
    public void QueuePlace_TellsWhoWaitsLongerOfTheSameType()
    {
        var script = new LogScript();
        for (var i = 0; i < 9; i++)
        {
            script.Task(i, EventTypes.TaskEnqueued, $"t{i}");
        }

        var state = script.Task(10, EventTypes.TaskStarted, "t2", 1)
            .Task(11, EventTypes.TaskEnqueued, "t0")
            .Add(12, EventTypes.TaskEnqueued, e => e with { TaskId = "other", TaskType = "storage" })
            .Task(13, EventTypes.TaskRetry, "t2", 1)
            .Fold();

        Assert.Equal((1, 9), LiveState.QueuePlace(state.Task("t0")!, 100));
        Assert.Equal((3, 9), LiveState.QueuePlace(state.Task("t3")!, 100));
        Assert.Equal((9, 9), LiveState.QueuePlace(state.Task("t2")!, 100));
        Assert.Equal((1, 1), LiveState.QueuePlace(state.Task("other")!, 100));
        Assert.Equal((8, 9), LiveState.QueuePlace(state.Task("t8")!, 2));
        Assert.Equal((null, 9), LiveState.QueuePlace(state.Task("t5")!, 2));
        Assert.Equal((3, 9), LiveState.QueuePlace(LiveState.FromSnapshot(state.ToSnapshot()).Task("t3")!, 100));
    }

    private static LogScript Tasks() => new LogScript()
        .Task(1, EventTypes.TaskEnqueued, "a")
        .Task(2, EventTypes.TaskEnqueued, "b")
        .Task(3, EventTypes.TaskCompleted, "a", 1)
        .Task(4, EventTypes.TaskEnqueued, "c")
        .Task(5, EventTypes.TaskEnqueued, "d")
        .Task(6, EventTypes.TaskFailed, "d", 1)
        .Task(7, EventTypes.TaskStarted, "b", 2);

    private static List<string> See(LiveState state, TaskWalk walk, int steps)
    {
        var seen = new List<string>();
        while (walk.GoOn(state, steps, task =>
        {
            seen.Add(task.TaskId);
            return true;
        }))
        {
        }

        return seen;
    }
}
