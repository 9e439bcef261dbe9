using System.Globalization;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.State;
using Nexus.Monitoring.Contracts.Stories;

namespace Nexus.Monitoring.Api.Http.Why;

/// <summary>
/// Says of a task why it waits: its queue and its place in it, who could take it and what they are doing. A function of the state alone, so that it
/// can be asked of any moment. The place counts tasks of the same type by how long they have waited; priorities are no part of an event.
/// </summary>
internal static class WhyWaiting
{
    /// <summary>Most workers that are named; the others are counted.</summary>
    private const int Named = 3;

    /// <summary>Most tasks of the queue that are counted from either end: the state is locked meanwhile.</summary>
    private const int Counted = 20_000;

    /// <param name="state">What is known.</param>
    /// <param name="taskId">The task.</param>
    /// <param name="isWhole">Whether the state is made of the whole log; of the task's own events only, it does not tell what else waits and who is there.</param>
    public static WhyAnswer? Explain(LiveState state, string taskId, bool isWhole = true)
    {
        if (state.Task(taskId) is not { } task)
        {
            return null;
        }

        var sentence = new WhySentence().Say($"Task ").Task(task.TaskId).Say($" ");
        var isWaiting = !task.HasEnded && task.Status != EventStatuses.Processing;
        switch (task.Status)
        {
            case EventStatuses.Processing:
                sentence.Say($"does not wait: ");
                Holder(sentence, task).Say($" has worked on it since {Time(task.StartedAt)}.");
                break;
            case EventStatuses.Orphaned:
                Orphaned(sentence, task);
                break;
            case EventStatuses.Pending or EventStatuses.Retrying:
                Waiting(sentence, state, task, isWhole);
                break;
            default:
                sentence.Say($"does not wait: it has {task.Status} at {Time(task.EndedAt)}.");
                break;
        }

        return new WhyAnswer(task.TaskId, task.Status, isWaiting, sentence.ToString(), sentence.Parts, state.Position.ToString());
    }

    private static WhySentence Holder(WhySentence sentence, TaskState task) =>
        task.WorkerId is { } worker ? sentence.Worker(worker) : sentence.Say($"a worker that was not named");

    private static void Orphaned(WhySentence sentence, TaskState task)
    {
        sentence.Say($"waits to be put back into ").Queue(task.TaskType).Say($": ");
        Holder(sentence, task).Say($", which had it since {Time(task.StartedAt)}, ");
        _ = task.Evidence is { } evidence
            ? sentence.Say($"{Reason(evidence)}, last seen at {Time(evidence.LastSeenAt)}.")
            : sentence.Say($"is said to be gone.");
    }

    private static string Reason(Verdict verdict) => verdict.Reason switch
    {
        VerdictReasons.Stopped => "stopped without ending it",
        VerdictReasons.Restarted => "began anew without ending it",
        _ => string.Create(CultureInfo.InvariantCulture, $"has given no sign of life for {verdict.TtlMs / 1000.0:0.#} s"),
    };

    private static void Waiting(WhySentence sentence, LiveState state, TaskState task, bool isWhole)
    {
        if (task.RunId is { } runId && state.Run(runId) is { HasEnded: true } run)
        {
            sentence.Say($"will not start any more: its run ").Run(runId, run.Name ?? runId).Say($" has {run.Status} at {Time(run.EndedAt)}.");
            return;
        }

        if (task.Status == EventStatuses.Retrying && !(task.RetryAt <= state.Position.Time))
        {
            sentence.Say($"waits for its next attempt since {Time(task.WaitingSince)}, when attempt {task.Attempt} had failed; ");
            _ = task.RetryAt is { } due ? sentence.Say($"it is due at {Time(due)}.") : sentence.Say($"when it is due, no event says.");
            return;
        }

        sentence.Say($"waits in ").Queue(task.TaskType).Say($" since {Time(task.WaitingSince)}");
        if (!isWhole)
        {
            sentence.Say($"; its own events do not tell what waits before it and who could take it.");
            return;
        }

        var (place, waiting) = LiveState.QueuePlace(task, Counted);
        _ = place is { } known ? sentence.Say($", number {known} of {waiting}") : sentence.Say($", behind more than {Counted} of {waiting}");
        if (task.RetryAt is { } since)
        {
            sentence.Say($", for its next attempt, which is due since {Time(since)}");
        }

        sentence.Say($"; ");
        Takers(sentence, state, task.TaskType);
        sentence.Say($".");
    }

    /// <summary>
    /// Who could take it, as far as events prove: whoever has begun a task of its kind in this life. How many tasks a worker takes at once, no event
    /// says: one that has some may have a hand free.
    /// </summary>
    private static void Takers(WhySentence sentence, LiveState state, string? taskType)
    {
        if (state.WorkersOnline == 0)
        {
            NobodyOnline(sentence, state);
            return;
        }

        var takers = state.OnlineWorkers.Where(worker => taskType is null || worker.TaskTypes?.Contains(taskType) == true).ToList();
        var idleTakers = takers.Where(worker => worker.Status == WorkerStatus.Idle).ToList();
        if (idleTakers.Count > 0)
        {
            sentence.Say($"it could be taken by ");
            List(sentence, idleTakers, idleTakers.Count, static (words, _) => words.Say($" (idle)"), "Idle");
            return;
        }

        if (takers.Count > 0)
        {
            sentence.Say($"whoever has taken such tasks is at work: ");
            List(sentence, takers, takers.Count, Work, "Busy");
        }
        else
        {
            sentence.Say($"nobody who is online has taken such a task yet");
        }

        if (state.WorkersOnline - state.WorkersBusy is > 0 and var idle)
        {
            sentence.Say($"; idle: ");
            List(sentence, state.OnlineWorkers.Where(worker => worker.Status == WorkerStatus.Idle), idle, static (words, _) => words, "Idle");
        }
    }

    private static WhySentence Work(WhySentence sentence, WorkerState worker) => worker.TaskId is { } task
        ? sentence.Say($" (on task ").Task(task).Say($" since {Time(worker.BusySince)}{(worker.TasksHeld > 1 ? FormattableString.Invariant($" and {worker.TasksHeld - 1} more") : "")})")
        : sentence;

    private static void NobodyOnline(WhySentence sentence, LiveState state)
    {
        sentence.Say($"no worker is online");
        if (state.GoneWorkers.FirstOrDefault() is { } last)
        {
            var how = last.Status == WorkerStatus.Lost ? "was lost" : "stopped";
            sentence.Say($", the last one, ").Worker(last.WorkerId).Say($", {how} at {Time(last.EndedAt)}");
        }
    }

    private static void List(
        WhySentence sentence, IEnumerable<WorkerState> workers, int count, Func<WhySentence, WorkerState, WhySentence> describe, string status)
    {
        var isFirst = true;
        foreach (var worker in workers.Take(Named))
        {
            _ = isFirst ? sentence : sentence.Say($", ");
            describe(sentence.Worker(worker.WorkerId), worker);
            isFirst = false;
        }

        if (count > Named)
        {
            sentence.Say($" and ").Workers(string.Create(CultureInfo.InvariantCulture, $"{count - Named} more"), status);
        }
    }

    private static string Time(DateTimeOffset? at) => at is { } time
        ? time.UtcDateTime.ToString("HH:mm:ss 'UTC'", CultureInfo.InvariantCulture)
        : "a time that is not known";
}
