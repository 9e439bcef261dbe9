using System.Text.Json.Serialization;

namespace Nexus.Monitoring.Contracts.State;

/// <summary>What happened in one interval of <see cref="LiveSeries.Resolution"/>, and how things stood at its end.</summary>
public sealed class SeriesBucket
{
    /// <summary>When the interval begins, by the log's clock.</summary>
    [JsonInclude]
    public DateTimeOffset Start { get; internal set; }

    /// <summary>Events of any type.</summary>
    [JsonInclude]
    public long Events { get; internal set; }

    /// <summary>Tasks put into a queue.</summary>
    [JsonInclude]
    public long Enqueued { get; internal set; }

    /// <summary>Attempts begun.</summary>
    [JsonInclude]
    public long Started { get; internal set; }

    /// <summary>Attempts ended with a result.</summary>
    [JsonInclude]
    public long Completed { get; internal set; }

    /// <summary>Attempts ended with an error, no other to follow.</summary>
    [JsonInclude]
    public long Failed { get; internal set; }

    /// <summary>Attempts ended with an error, another to follow.</summary>
    [JsonInclude]
    public long Retried { get; internal set; }

    /// <summary>Tasks declared orphaned.</summary>
    [JsonInclude]
    public long Orphaned { get; internal set; }

    /// <summary>How long attempts with a result ran.</summary>
    [JsonInclude]
    public DurationHistogram RunTime { get; internal set; } = new();

    /// <summary>How long tasks waited before the attempts that began.</summary>
    [JsonInclude]
    public DurationHistogram WaitTime { get; internal set; } = new();

    /// <summary>Workers online at the end; only in the series of all projects.</summary>
    [JsonInclude]
    public int? WorkersOnline { get; internal set; }

    /// <summary>Workers at work at the end; only in the series of all projects.</summary>
    [JsonInclude]
    public int? WorkersBusy { get; internal set; }

    /// <summary>Tasks in a worker's hands at the end.</summary>
    [JsonInclude]
    public long Processing { get; internal set; }

    /// <summary>Queue depth by priority at the end, as reported; only in the series of all projects.</summary>
    [JsonInclude]
    public IReadOnlyDictionary<string, long>? QueueByPriority { get; internal set; }

    /// <summary>Queue depth by task type at the end, as reported; only in the series of all projects.</summary>
    [JsonInclude]
    public IReadOnlyDictionary<string, long>? QueueByTaskType { get; internal set; }

    internal void Restart(DateTimeOffset start)
    {
        Start = start;
        Events = Enqueued = Started = Completed = Failed = Retried = Orphaned = 0;
        RunTime.Clear();
        WaitTime.Clear();
    }
}
