using System.Text.Json.Serialization;
using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Monitoring.Contracts.State;

/// <summary>How many tasks stand where. A task is counted once, under its present status.</summary>
public sealed class TaskCounts
{
    /// <summary>In a queue.</summary>
    [JsonInclude]
    public long Pending { get; internal set; }

    /// <summary>Held by a worker.</summary>
    [JsonInclude]
    public long Processing { get; internal set; }

    /// <summary>Waiting for another attempt.</summary>
    [JsonInclude]
    public long Retrying { get; internal set; }

    /// <summary>Held by a worker that is lost.</summary>
    [JsonInclude]
    public long Orphaned { get; internal set; }

    /// <summary>Ended with a result.</summary>
    [JsonInclude]
    public long Completed { get; internal set; }

    /// <summary>Ended with an error.</summary>
    [JsonInclude]
    public long Failed { get; internal set; }

    /// <summary>Ended because nobody wants a result any more.</summary>
    [JsonInclude]
    public long Cancelled { get; internal set; }

    /// <summary>Those of <see cref="Failed"/> that took longer than they were given.</summary>
    [JsonInclude]
    public long FailedTimedOut { get; internal set; }

    /// <summary>Those of <see cref="Failed"/> that were given up after their worker was lost.</summary>
    [JsonInclude]
    public long FailedOrphaned { get; internal set; }

    /// <summary>Those of <see cref="Failed"/> that were given up before any attempt began.</summary>
    [JsonInclude]
    public long FailedNeverStarted { get; internal set; }

    /// <summary>Attempts that failed with another one to follow; not part of <see cref="Total"/>.</summary>
    [JsonInclude]
    public long Retries { get; internal set; }

    /// <summary>Tasks that have not ended.</summary>
    [JsonIgnore]
    public long Open => Pending + Processing + Retrying + Orphaned;

    /// <summary>Tasks in all.</summary>
    [JsonIgnore]
    public long Total => Open + Completed + Failed + Cancelled;

    /// <summary>How many have <paramref name="status"/>; 0 for a word that is not one of <see cref="EventStatuses"/>.</summary>
    public long Of(string status) => status switch
    {
        EventStatuses.Pending => Pending,
        EventStatuses.Processing => Processing,
        EventStatuses.Retrying => Retrying,
        EventStatuses.Orphaned => Orphaned,
        EventStatuses.Completed => Completed,
        EventStatuses.Failed => Failed,
        EventStatuses.Cancelled => Cancelled,
        _ => 0,
    };

    internal void Move(string? from, string? to)
    {
        Add(from, -1);
        Add(to, 1);
    }

    internal void CountFailure(string? kind, int change)
    {
        switch (kind)
        {
            case FailureKinds.TimedOut: FailedTimedOut = Math.Max(0, FailedTimedOut + change); break;
            case FailureKinds.Orphaned: FailedOrphaned = Math.Max(0, FailedOrphaned + change); break;
            case FailureKinds.NeverStarted: FailedNeverStarted = Math.Max(0, FailedNeverStarted + change); break;
        }
    }

    /// <summary>Never below 0: a run or project that was forgotten and comes back does not know its older tasks.</summary>
    private void Add(string? status, int change)
    {
        switch (status)
        {
            case EventStatuses.Pending: Pending = Math.Max(0, Pending + change); break;
            case EventStatuses.Processing: Processing = Math.Max(0, Processing + change); break;
            case EventStatuses.Retrying: Retrying = Math.Max(0, Retrying + change); break;
            case EventStatuses.Orphaned: Orphaned = Math.Max(0, Orphaned + change); break;
            case EventStatuses.Completed: Completed = Math.Max(0, Completed + change); break;
            case EventStatuses.Failed: Failed = Math.Max(0, Failed + change); break;
            case EventStatuses.Cancelled: Cancelled = Math.Max(0, Cancelled + change); break;
        }
    }
}
