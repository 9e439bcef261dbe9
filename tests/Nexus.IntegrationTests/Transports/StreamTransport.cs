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

    /// <summary>Connects, with the cursor if there is one, and writes what comes into the journal until the connection ends.</summary>
    /// <exception cref="StreamRefusedException">The node answered with a refusal.</exception>
    public abstract Task<StreamConnection> OpenAsync(Uri node, EventFilter filter, LogPosition? cursor, ReaderJournal journal);

    /// <summary>What the node answers to this cursor.</summary>
    /// <returns>The refusal's text, for people; null when it was accepted.</returns>
    public abstract Task<string?> RefusalAsync(Uri node, string query);

    public override string ToString() => Name;

    protected static string Query(EventFilter filter, LogPosition? cursor, string? more = null) => string.Join(
        '&', new[] { filter.ToQueryString(), cursor is { } position ? $"cursor={position}" : "", more ?? "" }.Where(part => part.Length > 0));
}
