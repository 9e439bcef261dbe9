namespace Nexus.Monitoring.Contracts.State;

/// <summary>What happened in a stretch of time.</summary>
public sealed class SeriesWindow
{
    /// <summary>Events of any type.</summary>
    public long Events { get; private set; }

    /// <summary>Tasks put into a queue.</summary>
    public long Enqueued { get; private set; }

    /// <summary>Attempts ended with a result.</summary>
    public long Completed { get; private set; }

    /// <summary>Attempts ended with an error, no other to follow.</summary>
    public long Failed { get; private set; }

    /// <summary>Attempts ended with an error, another to follow.</summary>
    public long Retried { get; private set; }

    /// <summary>Tasks declared orphaned.</summary>
    public long Orphaned { get; private set; }

    /// <summary>How long attempts with a result ran.</summary>
    public DurationHistogram RunTime { get; } = new();

    /// <summary>How long tasks waited before the attempts that began.</summary>
    public DurationHistogram WaitTime { get; } = new();

    /// <summary>Attempts that ended.</summary>
    public long Ended => Completed + Failed + Retried;

    /// <summary>Share of ended attempts that ended with an error, 0 to 1; null when none ended.</summary>
    public double? ErrorRate => Ended == 0 ? null : (double)(Failed + Retried) / Ended;

    internal void Add(SeriesBucket bucket)
    {
        Events += bucket.Events;
        Enqueued += bucket.Enqueued;
        Completed += bucket.Completed;
        Failed += bucket.Failed;
        Retried += bucket.Retried;
        Orphaned += bucket.Orphaned;
        RunTime.Add(bucket.RunTime);
        WaitTime.Add(bucket.WaitTime);
    }
}
