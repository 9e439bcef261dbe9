using Nexus.Monitoring.Client.Log;
using Nexus.Monitoring.Client.Publishing;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Client.Redis;

/// <summary>Appends for many callers, one after the other.</summary>
internal sealed class RedisLogWriter(
    RedisProducer producer,
    Func<string, RedisProducer> findProducer,
    RedisAnnouncer announcer,
    RetrySchedule retries,
    TimeProvider timeProvider) : IEventLogWriter, IDisposable
{
    /// <summary>Most events of one call: a transaction of this size keeps the server busy for some 20 ms.</summary>
    public const int MostEvents = 10_000;

    private readonly SemaphoreSlim _turn = new(1);

    public async Task<IReadOnlyList<LogPosition>> AppendAsync(
        IReadOnlyList<ReadOnlyMemory<byte>> events, CancellationToken cancellationToken)
    {
        Check(events);
        if (events.Count == 0)
        {
            return [];
        }

        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await AppendAndAnnounceAsync(producer, producer.NextNumber(), events, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Named batches need no turn: each producer has a marker of its own, and those of one that come together exclude each other by it.</summary>
    public async Task<IReadOnlyList<LogPosition>> AppendAsync(
        ProducerBatch batch, IReadOnlyList<ReadOnlyMemory<byte>> events, CancellationToken cancellationToken)
    {
        Check(events);
        return events.Count == 0
            ? []
            : await AppendAndAnnounceAsync(findProducer(batch.ProducerId), batch.Number, events, cancellationToken).ConfigureAwait(false);
    }

    public void Dispose() => _turn.Dispose();

    private static void Check(IReadOnlyList<ReadOnlyMemory<byte>> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(events.Count, MostEvents, nameof(events));
    }

    private async Task<IReadOnlyList<LogPosition>> AppendAndAnnounceAsync(
        RedisProducer by, long number, IReadOnlyList<ReadOnlyMemory<byte>> events, CancellationToken cancellationToken)
    {
        var positions = await AppendAsync(by, number, events, cancellationToken).ConfigureAwait(false);
        announcer.Announce(positions.Count > 0 ? positions[^1] : null, events);
        return positions;
    }

    /// <summary>
    /// Someone waits for the answer, so only what is in doubt is tried again: an append that may have happened deserves a clear yes or
    /// no. A log that is away is reported at once.
    /// </summary>
    private async Task<IReadOnlyList<LogPosition>> AppendAsync(
        RedisProducer by, long number, IReadOnlyList<ReadOnlyMemory<byte>> events, CancellationToken cancellationToken)
    {
        var mayBeAppended = false;
        for (var failures = 1; ; failures++)
        {
            try
            {
                return await by.AppendAsync(number, events, cancellationToken).ConfigureAwait(false);
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
