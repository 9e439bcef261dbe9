using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Nexus.Monitoring.Client.Log;
using Nexus.Monitoring.Client.Telemetry;

namespace Nexus.Monitoring.Client.Publishing;

/// <summary>
/// Empties the buffer: one batch in flight, whatever has come meanwhile makes the next one, so batches grow with the load and nothing
/// waits for a batch to fill. A batch is repeated until it succeeds; only the buffer's bound ends the patience, not an event's age.
/// </summary>
internal sealed class PublisherSender(
    EventBuffer buffer,
    BatchBuilder batches,
    DropReporter reporter,
    IEventTransport transport,
    PublishObservers observers,
    PublisherSettings settings,
    PublisherMetrics metrics,
    TimeProvider timeProvider,
    ILogger<PublisherSender> logger) : IAsyncDisposable
{
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource _abandon = new();
    private Task? _loop;
    private volatile bool _stopping;

    public void Start() => _loop ??= Task.Run(RunAsync, CancellationToken.None);

    /// <summary>Sends what waits, until it is done or the deadline has passed; drops and counts the rest.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_loop is not { } loop || _stopping)
        {
            return;
        }

        _stopping = true;
        buffer.Close(dropWaiting: false);
        try
        {
            await loop.WaitAsync(settings.ShutdownFlush, timeProvider, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            logger.UnsentAtShutdown(buffer.Pending);
            await _abandon.CancelAsync().ConfigureAwait(false);
            await loop.ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None).ConfigureAwait(false);
        _abandon.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                var isLast = _stopping;
                var batch = batches.Next(isLast);
                if (batch.Events.Count > 0)
                {
                    await SendUntilDoneAsync(batch).ConfigureAwait(false);
                }
                else if (isLast)
                {
                    return;
                }
                else
                {
                    await WaitForWorkAsync().ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (_abandon.IsCancellationRequested)
        {
            buffer.Close(dropWaiting: true);
        }
    }

    private async Task WaitForWorkAsync()
    {
        var arrival = buffer.WaitAsync();
        if (reporter.TimeUntilDue() is not { } left)
        {
            await arrival.ConfigureAwait(false);
            return;
        }

        using var wait = CancellationTokenSource.CreateLinkedTokenSource(_abandon.Token);
        await Task.WhenAny(arrival, Task.Delay(left, timeProvider, wait.Token)).ConfigureAwait(false);
        await wait.CancelAsync().ConfigureAwait(false);
    }

    private async Task SendUntilDoneAsync(EventBatch batch)
    {
        for (var failures = 0; ;)
        {
            var started = Stopwatch.GetTimestamp();
            try
            {
                _abandon.Token.ThrowIfCancellationRequested();
                var answer = await transport.SendAsync(batch, _abandon.Token).ConfigureAwait(false);
                metrics.Sent(transport.System, batch.Events.Count, Stopwatch.GetElapsedTime(started), null);
                if (settings.Retries.IsOutage(failures))
                {
                    logger.OutageEnded(failures + 1);
                }

                // In this order: who waited for a flush finds that the observers know of all of it.
                observers.Notify(batch, answer);
                batches.Settle(batch, answer);
                return;
            }
            catch (OperationCanceledException) when (_abandon.IsCancellationRequested)
            {
                batches.Abandon(batch);
                throw;
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                metrics.Sent(transport.System, batch.Events.Count, Stopwatch.GetElapsedTime(started), exception);
                await WaitForRetryAsync(batch, ++failures, exception).ConfigureAwait(false);
            }
        }
    }

    private async Task WaitForRetryAsync(EventBatch batch, int failures, Exception exception)
    {
        var delay = settings.Retries.DelayAfter(failures);
        if (exception is LogUnavailableException { RetryAfter: { } asked } && asked > delay)
        {
            delay = asked < LongestRetryAfter ? asked : LongestRetryAfter;
        }

        logger.SendFailed(exception, batch.Events.Count, failures, delay);
        if (settings.Retries.IsOutage(failures) && !settings.Retries.IsOutage(failures - 1))
        {
            // A log that is away is explained by the sentence; where in this program that was found out, by nobody's wish.
            var cause = exception is LogUnavailableException ? exception.InnerException : exception;
            logger.OutageBegan(cause, exception.Message, buffer.Pending, settings.Capacity);
        }

        using var wait = CancellationTokenSource.CreateLinkedTokenSource(_abandon.Token);
        await Task.WhenAny(Task.Delay(delay, timeProvider, wait.Token), transport.WaitForRecoveryAsync(wait.Token)).ConfigureAwait(false);
        await wait.CancelAsync().ConfigureAwait(false);
    }
}
