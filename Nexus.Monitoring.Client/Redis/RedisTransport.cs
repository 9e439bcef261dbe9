using Nexus.Monitoring.Client.Log;
using Nexus.Monitoring.Client.Publishing;
using Nexus.Monitoring.Contracts.Log;
using StackExchange.Redis;

namespace Nexus.Monitoring.Client.Redis;

/// <summary>Brings the publisher's batches to the log in Redis.</summary>
internal sealed class RedisTransport(IConnectionMultiplexer redis, RedisProducer producer, RedisAnnouncer announcer) : IEventTransport
{
    public string System => "redis";

    /// <summary>A batch is one transaction, during which the server carries out nothing else.</summary>
    public int MaxBatchBytes => 4 * 1024 * 1024;

    public async Task<BatchAnswer> SendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        if (batch.Number == 0)
        {
            batch.Number = producer.NextNumber();
        }

        var audience = announcer.AskAsync(batch.Events.Select(one => one.Keys));
        IReadOnlyList<LogPosition> positions;
        try
        {
            positions = await producer.AppendAsync(batch.Number, batch.Payloads, cancellationToken).ConfigureAwait(false);
        }
        catch (LogUnavailableException exception) when (exception.WasRefused)
        {
            batch.Number = 0;
            throw;
        }

        announcer.Announce(
            positions.Count > 0 ? positions[^1] : null,
            await audience.ConfigureAwait(false),
            batch.Events.Select(one => (one.Keys, one.Json)));
        return positions.Count > 0 ? new BatchAnswer([.. positions.Select(position => (LogPosition?)position)]) : BatchAnswer.PositionsUnknown;
    }

    public async Task WaitForRecoveryAsync(CancellationToken cancellationToken)
    {
        var restored = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void OnRestored(object? sender, ConnectionFailedEventArgs e)
        {
            if (e.ConnectionType == ConnectionType.Interactive)
            {
                restored.TrySetResult();
            }
        }

        redis.ConnectionRestored += OnRestored;
        try
        {
            await restored.Task.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        finally
        {
            redis.ConnectionRestored -= OnRestored;
        }
    }
}
