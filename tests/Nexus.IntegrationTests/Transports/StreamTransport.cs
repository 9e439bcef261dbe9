using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Testing.Delivery;

namespace Nexus.IntegrationTests.Transports;

/// <summary>One way to read the stream, as a program would that knows nothing but the protocol.</summary>
public abstract class StreamTransport
{
    public abstract string Name { get; }

    /// <summary>Whether it shows intervals of the log, or only events.</summary>
    public abstract bool HasIntervals { get; }

    /// <summary>What is asked for in case the reader falls behind; null for what is usual.</summary>
    protected string? Slow { get; private set; }

    /// <summary>The same transport for a reader that says what is to happen when it falls behind.</summary>
    public StreamTransport WhenSlow(string policy)
    {
        var other = (StreamTransport)MemberwiseClone();
        other.Slow = policy;
        return other;
    }

    /// <summary>Connects, with the cursor if there is one, and writes what comes into the journal until the connection ends.</summary>
    /// <exception cref="StreamRefusedException">The node answered with a refusal.</exception>
    public abstract Task<StreamConnection> OpenAsync(Uri node, EventFilter filter, LogPosition? cursor, ReaderJournal journal);

    /// <summary>What the node answers to this cursor.</summary>
    /// <returns>The refusal's text, for people; null when it was accepted.</returns>
    public abstract Task<string?> RefusalAsync(Uri node, string query);

    public override string ToString() => Name;

    protected string Query(EventFilter filter, LogPosition? cursor, string? more = null) => string.Join(
        '&',
        new[] { filter.ToQueryString(), cursor is { } position ? $"cursor={position}" : "", Slow is null ? "" : $"slow={Slow}", more ?? "" }
            .Where(part => part.Length > 0));
}
