using System.Diagnostics;

namespace Nexus.Monitoring.Client.Scopes;

/// <summary>What is known of a run when it begins.</summary>
public sealed record RunDetails
{
    /// <summary>Unique id of the run; tasks name it as their parent. Required, not empty.</summary>
    public required string RunId { get; init; }

    /// <summary>The project it works for.</summary>
    public string? ProjectId { get; init; }

    /// <summary>Its name for people, one line.</summary>
    public string? Name { get; init; }

    /// <summary>What kind of work it is.</summary>
    public string? TaskType { get; init; }

    /// <summary>
    /// The activity that it belongs under, for example that of a request in another process. Default: <see cref="Activity.Current"/>.
    /// </summary>
    public ActivityContext? Parent { get; init; }

    /// <summary>True begins a trace of its own, whatever activity is current; for loops that start one run after the other.</summary>
    public bool NewTrace { get; init; }
}
