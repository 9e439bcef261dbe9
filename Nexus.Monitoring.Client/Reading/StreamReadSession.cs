using Microsoft.Extensions.Logging;
using Nexus.Monitoring.Contracts.Filters;

namespace Nexus.Monitoring.Client.Reading;

/// <summary>One reading of a stream over as many connections as it takes.</summary>
internal sealed class StreamReadSession(
    IStreamConnector connector,
    ConnectionStateSource state,
    EventFilter filter,
    FrameBuffer frames,
    TimeProvider timeProvider,
    ILogger logger)
{
    /// <summary>A connection that ends sooner counts as a failed attempt, so that a node that drops its clients is not stormed.</summary>
    private static readonly TimeSpan StableAfter = TimeSpan.FromSeconds(5);

    private int _failures;
    private string? _problem;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            state.Set(StreamConnectionStatus.Connecting);
            while (true)
            {
                await ConnectOnceAsync(cancellationToken).ConfigureAwait(false);
                await frames.WaitUntilDrainedAsync(cancellationToken).ConfigureAwait(false);
                if (_failures == 0)
                {
                    state.Set(StreamConnectionStatus.Reconnecting, problem: _problem);
                    continue;
                }

                var delay = ReconnectBackoff.DelayAfter(_failures, Random.Shared.NextDouble());
                state.Set(StreamConnectionStatus.Reconnecting, _failures, delay, _problem);
                await state.WaitAsync(delay, cancellationToken).ConfigureAwait(false);
                state.Set(StreamConnectionStatus.Reconnecting, _failures, problem: _problem);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            frames.Complete(null);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            frames.Complete(exception);
        }
    }

    /// <summary>One connection, from the attempt to its end.</summary>
    private async Task ConnectOnceAsync(CancellationToken cancellationToken)
    {
        var gate = new FrameGate(frames);
        frames.Begin();
        try
        {
            var connection = await connector.ConnectAsync(filter, frames.Position, gate.Accept, cancellationToken).ConfigureAwait(false);
            await using var closing = connection.ConfigureAwait(false);
            var connectedAt = timeProvider.GetTimestamp();
            state.Set(StreamConnectionStatus.Connected);
            await Task.WhenAny(connection.Ended, gate.Refused).WaitAsync(cancellationToken).ConfigureAwait(false);
            if (connection.Ended is { IsCompletedSuccessfully: true, Result: StreamRefusedException refused })
            {
                throw refused;
            }

            _problem = gate.Refused.IsCompleted ? await gate.Refused.ConfigureAwait(false)
                : (await connection.Ended.ConfigureAwait(false))?.Message ?? "The node closed the connection.";
            _failures = timeProvider.GetElapsedTime(connectedAt) < StableAfter ? _failures + 1 : 0;
            logger.ConnectionLost(_problem);
        }
        catch (Exception exception) when (exception is not (OutOfMemoryException or StreamRefusedException) && !cancellationToken.IsCancellationRequested)
        {
            _problem = exception.Message;
            logger.ConnectionFailed(exception, ++_failures);
        }
        finally
        {
            gate.Shut();
        }
    }
}
