using Nexus.Monitoring.Client.Log;
using Nexus.Monitoring.Client.Publishing;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Client.Redis;

/// <summary>Appends for many callers, one after the other.</summary>
internal sealed class RedisLogWriter(RedisProducer producer, RedisAnnouncer announcer, RetrySchedule retries, TimeProvider timeProvider)
    : IEventLogWriter, IDisposable
{
    /// <summary>Most events of one call: a transaction of this size keeps the server busy for some 20 ms.</summary>
    public const int MostEvents = 10_000;

    private readonly SemaphoreSlim _turn = new(1);

    public async Task<IReadOnlyList<LogPosition>> AppendAsync(
        IReadOnlyList<ReadOnlyMemory<byte>> events, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(events);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(events.Count, MostEvents);
        if (events.Count == 0)
        {
            return [];
        }

        IReadOnlyList<LogPosition> positions;
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            positions = await AppendInTurnAsync(events, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }

        announcer.Announce(
            positions.Count > 0 ? positions[^1] : null,
            announcer.PublishesChannels ? events.Select(json => (KeysReader.Read(json.Span), json)) : []);
        return positions;
    }

    public void Dispose() => _turn.Dispose();

    /// <summary>
    /// Someone waits for the answer, so only what is in doubt is tried again: an append that may have happened deserves a clear yes or
    /// no. A log that is away is reported at once.
    /// </summary>
    private async Task<IReadOnlyList<LogPosition>> AppendInTurnAsync(
        IReadOnlyList<ReadOnlyMemory<byte>> events, CancellationToken cancellationToken)
    {
        var number = producer.NextNumber();
        var mayBeAppended = false;
        for (var failures = 1; ; failures++)
        {
            try
            {
                return await producer.AppendAsync(number, events, cancellationToken).ConfigureAwait(false);
            }
            catch (LogUnavailableException exception)
            {
                mayBeAppended |= exception.MayBeAppended;
                if (!mayBeAppended)
                {
                    throw;
                }

                if (retries.IsOutage(failures))
                {
                    throw new LogUnavailableException(exception.Message, exception) { MayBeAppended = true };
                }
            }

            await Task.Delay(retries.DelayAfter(failures), timeProvider, cancellationToken).ConfigureAwait(false);
        }
    }
}
