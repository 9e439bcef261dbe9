namespace Nexus.Monitoring.Client.Log;

/// <summary>The log did not take what was appended. Trying again later can help.</summary>
public sealed class LogUnavailableException : Exception
{
    /// <summary>Creates one with a general message.</summary>
    public LogUnavailableException()
        : this("The event log does not answer.")
    {
    }

    /// <summary>Creates one.</summary>
    public LogUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Creates one.</summary>
    public LogUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>
    /// True when the connection broke between request and answer, so that the events may be in the log; false when they are not.
    /// </summary>
    public bool MayBeAppended { get; init; }

    /// <summary>The server carried the attempt out and refused each append: the next attempt is a new one.</summary>
    internal bool WasRefused { get; init; }

    /// <summary>When the receiver asks to come back.</summary>
    internal TimeSpan? RetryAfter { get; init; }
}
