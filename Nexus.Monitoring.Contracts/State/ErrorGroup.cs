using System.Text.Json.Serialization;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Contracts.State;

/// <summary>Failures of one project that differ only in numbers and ids.</summary>
public sealed class ErrorGroup : StateEntry
{
    /// <summary>Most runs and task types that are named; more are not counted.</summary>
    public const int MaxNames = 32;

    /// <summary>Identifies the text, see <see cref="ErrorFingerprint"/>.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The text with <c>‹n›</c> for numbers and <c>‹id›</c> for ids.</summary>
    public required string Title { get; init; }

    /// <summary>The project.</summary>
    public string? ProjectId { get; init; }

    /// <summary>Attempts that ended so.</summary>
    [JsonInclude]
    public long Count { get; internal set; }

    /// <summary>Those after which the task was given up.</summary>
    [JsonInclude]
    public long Final { get; internal set; }

    /// <summary>When it was first seen, by the log's clock.</summary>
    [JsonInclude]
    public DateTimeOffset FirstSeenAt { get; internal set; }

    /// <summary>When it was last seen, by the log's clock.</summary>
    [JsonInclude]
    public DateTimeOffset LastSeenAt { get; internal set; }

    /// <summary>Kinds of work it hit, at most <see cref="MaxNames"/>.</summary>
    [JsonInclude]
    public List<string> TaskTypes { get; internal set; } = [];

    /// <summary>Runs it hit, at most <see cref="MaxNames"/>.</summary>
    [JsonInclude]
    public List<string> RunIds { get; internal set; } = [];

    /// <summary>Kinds of failure it was, other than an error like any other: see <see cref="Events.FailureKinds"/>; at most <see cref="MaxNames"/>.</summary>
    [JsonInclude]
    public List<string> FailureKinds { get; internal set; } = [];

    /// <summary>The last text as it came.</summary>
    [JsonInclude]
    public string LastError { get; internal set; } = "";

    /// <summary>The last task it hit.</summary>
    [JsonInclude]
    public string? LastTaskId { get; internal set; }

    /// <summary>Trace of the last failure.</summary>
    [JsonInclude]
    public string? LastTraceId { get; internal set; }

    /// <summary>Position of the last failure.</summary>
    [JsonInclude]
    public LogPosition Position { get; internal set; }
}
