namespace Nexus.Monitoring.Contracts.Log;

/// <summary>Every key and channel that Nexus uses in Redis. Nothing else spells one out.</summary>
/// <remarks>
/// <code>
/// nexus:events:log                stream   an entry holds one event in the field "e", or several in "es" (see EntryEvents); bounded
///                                 channel  the doorbell: "there is something new"
/// nexus:events:count              string   how many events were ever appended, by who counts them; what bounds the log
/// nexus:events:marks              zset     entries of the log, by the count that each ended with: where to trim
/// nexus:events:held               hash     up to where each history is written, and until when that is to be believed: what is not dropped yet
/// nexus:events                    channel  every event
/// nexus:events:project:{id}       channel  the events of one project
/// nexus:events:stats              channel  stats_snapshot and queue_depth_update
/// nexus:tasks:{priority}          list     tasks that wait
/// nexus:worker:heartbeat:{id}     string   expires when the worker is silent
/// nexus:producer:{id}             string   number of the last batch that a producer appended; makes its appends exactly-once
/// nexus:watch:lease               string   which node watches the clock; expires when that node is silent
/// nexus:watch:fence               string   token:sequence; the token rises with each change of the watching node
/// nexus:views                     hash     what people saved, a field each, and the revision of them all
/// nexus:boards                    hash     likewise
/// </code>
/// </remarks>
public static class LogKeys
{
    /// <summary>The log, a stream; and the channel on which its doorbell rings.</summary>
    public const string Log = "nexus:events:log";

    /// <summary>The field of an entry that holds one event: its UTF-8 JSON.</summary>
    public const string EventField = "e";

    /// <summary>The field of an entry that holds several events, see <see cref="EntryEvents"/>.</summary>
    public const string EventsField = "es";

    /// <summary>How many events were ever appended to the log.</summary>
    public const string EventCount = "nexus:events:count";

    /// <summary>Sorted set of entries of the log, about every sixteenth part of its length one; the score is the count that it ended with.</summary>
    public const string EventMarks = "nexus:events:marks";

    /// <summary>
    /// Hash of who keeps all events, and has come only so far: <c>position until</c>, the latter in milliseconds since 1970, UTC, by the log's clock.
    /// </summary>
    public const string Held = "nexus:events:held";

    /// <summary>Channel of every event.</summary>
    public const string AllEvents = "nexus:events";

    /// <summary>Channel of <c>stats_snapshot</c> and <c>queue_depth_update</c>.</summary>
    public const string StatsEvents = "nexus:events:stats";

    /// <summary>List of tasks that go first.</summary>
    public const string HighPriorityTasks = "nexus:tasks:high_priority";

    /// <summary>List of ordinary tasks.</summary>
    public const string NormalPriorityTasks = "nexus:tasks:normal_priority";

    /// <summary>List of tasks that can wait.</summary>
    public const string LowPriorityTasks = "nexus:tasks:low_priority";

    /// <summary>Key that names the node which watches the clock; it expires when that node is silent.</summary>
    public const string WatchLease = "nexus:watch:lease";

    /// <summary>
    /// Key that holds <c>token:sequence</c> of the watching node's last append, under which it appends the next: a node that was deposed finds
    /// another token there.
    /// </summary>
    public const string WatchFence = "nexus:watch:fence";

    /// <summary>Hash of the saved views.</summary>
    public const string Views = "nexus:views";

    /// <summary>Hash of the boards.</summary>
    public const string Boards = "nexus:boards";

    /// <summary>Channel of one project's events.</summary>
    public static string ProjectEvents(string projectId) => "nexus:events:project:" + projectId;

    /// <summary>Key that a worker keeps alive.</summary>
    public static string WorkerHeartbeat(int workerId) => $"nexus:worker:heartbeat:{workerId}";

    /// <summary>
    /// Key that holds the number of the last batch a producer appended. It is set in the same transaction as the batch, so a
    /// producer that lost the answer can find out whether the batch is in the log.
    /// </summary>
    public static string Producer(string producerId) => "nexus:producer:" + producerId;
}
