namespace Nexus.Coordinator.Sim.Work;

/// <summary>The work of one attempt went wrong in a way that the work itself can name.</summary>
internal sealed class WorkException(string message, bool isTransient, TimeSpan? retryAfter = null) : Exception(message)
{
    /// <summary>Whether another attempt can succeed. Anything else that is thrown counts as transient.</summary>
    public bool IsTransient => isTransient;

    /// <summary>How long the other side asked to be left alone.</summary>
    public TimeSpan? RetryAfter => retryAfter;

    /// <summary>Whether it took longer than it was given.</summary>
    public bool IsTimeout => Kind == FailureKinds.TimeoutName;

    /// <summary>Low-cardinality name for <c>error.type</c>.</summary>
    public required string Kind { get; init; }
}
