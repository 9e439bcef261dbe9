using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Client.Log;

/// <summary>Appends to the log and waits for the answer. For services that accept events from others; thread-safe.</summary>
public interface IEventLogWriter
{
    /// <summary>
    /// Appends the events in this order, with nothing between them, all or none, and tells the log's readers. Calls that run at the
    /// same time are carried out one after the other.
    /// </summary>
    /// <param name="events">
    /// UTF-8 JSON of complete, valid events (see <c>EventJson.TryRead</c>), written to the log byte for byte. At most 10000; an empty list
    /// is answered at once.
    /// </param>
    /// <param name="cancellationToken">Stops waiting; the events may be appended nevertheless.</param>
    /// <returns>The position of each event; empty when the answer was lost and the log has since dropped the entries.</returns>
    /// <exception cref="LogUnavailableException">The log did not answer; nothing or everything was appended, see there.</exception>
    Task<IReadOnlyList<LogPosition>> AppendAsync(
        IReadOnlyList<ReadOnlyMemory<byte>> events, CancellationToken cancellationToken = default);

    /// <summary>
    /// The same for a batch with a name: if it is in the log already, nothing is appended, and the answer is where it stands. A batch is
    /// recognised as long as its producer has sent no later one, for at least 24 hours.
    /// </summary>
    /// <param name="batch">Its name.</param>
    /// <param name="events">Its events, the same each time.</param>
    /// <param name="cancellationToken">Stops waiting; the events may be appended nevertheless.</param>
    /// <inheritdoc cref="AppendAsync(IReadOnlyList{ReadOnlyMemory{byte}}, CancellationToken)" path="/returns|/exception"/>
    Task<IReadOnlyList<LogPosition>> AppendAsync(
        ProducerBatch batch, IReadOnlyList<ReadOnlyMemory<byte>> events, CancellationToken cancellationToken = default);
}
