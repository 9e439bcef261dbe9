namespace Nexus.Monitoring.Contracts.State;

/// <content>To and from one object.</content>
public sealed partial class LiveState
{
    /// <summary>The state as one object, with all that is open and at most <paramref name="endedTasks"/> tasks that have ended.</summary>
    public LiveStateSnapshot ToSnapshot(int endedTasks = int.MaxValue) => new()
    {
        Position = Position,
        Events = Events,
        All = All,
        Projects = [.. _projects.NewestFirst.Reverse()],
        Runs = [.. _runs.Open, .. _runs.EndedNewestFirst],
        Tasks = [.. _tasks.Open, .. _tasks.EndedNewestFirst.Take(endedTasks)],
        Workers = [.. _workers.Open, .. _workers.EndedNewestFirst],
        Errors = [.. _errors.NewestFirst.Reverse()],
        Sources = [.. _sources.EndedNewestFirst.Reverse()],
        Queues = Queues,
        OpenTasksForgotten = _tasks.OpenForgotten,
        OnlineWorkersForgotten = _workers.OpenForgotten,
    };

    /// <summary>Takes over a snapshot that was read back from JSON; folding goes on where it was taken.</summary>
    public static LiveState FromSnapshot(LiveStateSnapshot snapshot, LiveStateLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        var state = Restore(snapshot, limits);
        foreach (var task in snapshot.Tasks.Where(task => !task.HasEnded).OrderBy(task => task.StartedAt).ThenBy(task => task.Position))
        {
            state.Hold(task, isNew: true);
        }

        return state;
    }

    /// <summary>All but what is in whose hands.</summary>
    private static LiveState Restore(LiveStateSnapshot snapshot, LiveStateLimits? limits)
    {
        var state = new LiveState(limits) { Position = snapshot.Position, Events = snapshot.Events, All = snapshot.All, Queues = snapshot.Queues };
        foreach (var run in snapshot.Runs.Where(run => !run.HasEnded).Concat(snapshot.Runs.Where(run => run.HasEnded).Reverse()))
        {
            state._runs.Add(run, run.HasEnded);
        }

        foreach (var task in snapshot.Tasks.Where(task => !task.HasEnded).Concat(snapshot.Tasks.Where(task => task.HasEnded).Reverse()))
        {
            state.AddRestored(task);
        }

        foreach (var worker in snapshot.Workers.Where(worker => worker.IsOnline).Concat(snapshot.Workers.Where(worker => !worker.IsOnline).Reverse()))
        {
            state._workers.Add(worker, !worker.IsOnline);
            state.CountWorker(worker, 1);
        }

        foreach (var project in snapshot.Projects)
        {
            state._projects.Restore(project);
        }

        foreach (var error in snapshot.Errors)
        {
            state._errors.Restore(error);
        }

        foreach (var source in snapshot.Sources)
        {
            state._sources.Add(source, ended: true);
        }

        state._tasks.OpenForgotten = snapshot.OpenTasksForgotten;
        state._workers.OpenForgotten = snapshot.OnlineWorkersForgotten;
        return state;
    }
}
