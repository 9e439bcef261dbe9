using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Client.Reading;

/// <summary>
/// Reads the stream for as long as it is wanted: it reconnects for ever, unless it is refused, goes on where it was, and checks that nothing is missing. One
/// reader reads one stream at a time; its state may be observed from any thread.
/// </summary>
public sealed class MonitoringStreamReader
{
    /// <summary>
    /// Frames that wait for the consumer. A consumer that falls behind further loses the connection, not events: once it has caught up,
    /// the reader comes back with its position.
    /// </summary>
    internal const int FrameCapacity = 1_024;

    private readonly IStreamConnector _connector;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger<MonitoringStreamReader> _logger;
    private readonly ConnectionStateSource _state;
    private int _reading;

    internal MonitoringStreamReader(IStreamConnector connector, TimeProvider timeProvider, ILogger<MonitoringStreamReader> logger)
    {
        _connector = connector;
        _timeProvider = timeProvider;
        _logger = logger;
        _state = new ConnectionStateSource(timeProvider);
    }

    /// <summary>Called with each new <see cref="State"/>, on the reader's thread; a handler must neither block nor throw.</summary>
    public event Action<StreamConnectionState>? StateChanged
    {
        add => _state.Changed += value;
        remove => _state.Changed -= value;
    }

    /// <summary>How the connection stands.</summary>
    public StreamConnectionState State => _state.State;

    /// <summary>Makes a waiting reader try now instead of at <see cref="StreamConnectionState.NextAttemptAt"/>; else does nothing.</summary>
    public void TryNow() => _state.TryNow();

    /// <summary>
    /// The frames of a stream, in order and without duplicates. Each <see cref="EventsFrame"/> begins where the one before ended, also across
    /// connections; a node whose frame does not is left, as <see cref="State"/> tells, and read again from where the chain was whole. What is
    /// missing is announced by a <see cref="GapFrame"/> before it, whose reason is one of <c>GapReasons</c> or <see cref="StreamGapReasons"/>.
    /// </summary>
    /// <param name="filter">Which events are wanted.</param>
    /// <param name="cursor">Start after this position; null to start now, with an empty interval that says where.</param>
    /// <param name="cancellationToken">Ends the reading, with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="StreamRefusedException">The node refuses what is asked for, at the beginning or when the reader comes back.</exception>
    /// <exception cref="InvalidOperationException">The reader is reading already.</exception>
    public async IAsyncEnumerable<StreamFrame> ReadAsync(
        EventFilter filter, LogPosition? cursor = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        if (Interlocked.Exchange(ref _reading, 1) != 0)
        {
            throw new InvalidOperationException("This reader is reading already; use one reader for each stream.");
        }

        var frames = new FrameBuffer(new StreamChain(cursor), FrameCapacity);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = new StreamReadSession(_connector, _state, filter, frames, _timeProvider, _logger).RunAsync(stop.Token);
        try
        {
            await foreach (var frame in frames.ReadAsync().ConfigureAwait(false))
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return frame;
            }

            cancellationToken.ThrowIfCancellationRequested();
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await running.ConfigureAwait(false);
            _state.Set(StreamConnectionStatus.Idle);
            Volatile.Write(ref _reading, 0);
        }
    }
}
