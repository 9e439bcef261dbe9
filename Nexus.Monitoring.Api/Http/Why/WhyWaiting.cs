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

    public static WhyAnswer? Explain(LiveState state, string taskId)
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
                Waiting(sentence, state, task);
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

    private static void Waiting(WhySentence sentence, LiveState state, TaskState task)
    {
        if (task.RunId is { } runId && state.Run(runId) is { HasEnded: true } run)
        {
            sentence.Say($"will not start any more: its run ").Run(runId, run.Name ?? runId).Say($" has {run.Status} at {Time(run.EndedAt)}.");
            return;
        }

        sentence.Say($"waits in ").Queue(task.TaskType).Say($" since {Time(task.WaitingSince)}, ");
        var (place, waiting) = LiveState.QueuePlace(task, Counted);
        _ = place is { } known ? sentence.Say($"number {known} of {waiting}") : sentence.Say($"behind more than {Counted} of {waiting}");
        if (task.Status == EventStatuses.Retrying)
        {
            sentence.Say($", for another attempt after {task.Attempt} that failed");
        }

        sentence.Say($"; ");
        Takers(sentence, state);
        sentence.Say($".");
    }

    private static void Takers(WhySentence sentence, LiveState state)
    {
        var idle = state.WorkersOnline - state.WorkersBusy;
        if (state.WorkersOnline == 0)
        {
            NobodyOnline(sentence, state);
        }
        else if (idle > 0)
        {
            sentence.Say($"it could be taken by ");
            List(sentence, state.OnlineWorkers.Where(worker => worker.Status == WorkerStatus.Idle), idle, static (words, _) => words.Say($" (idle)"), "Idle");
        }
        else
        {
            sentence.Say($"every worker is busy: ");
            List(sentence, state.OnlineWorkers, state.WorkersBusy, Work, "Busy");
        }
    }

    private static WhySentence Work(WhySentence sentence, WorkerState worker) => worker.TaskId is { } task
        ? sentence.Say($" (on task ").Task(task).Say($" since {Time(worker.BusySince)})")
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
