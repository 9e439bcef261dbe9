using System.Globalization;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Client.Reading;

/// <summary>
/// A running replay: intervals of events at the pace of the log times the speed, and <see cref="ClockFrame"/>s that tell where it stands. It begins
/// with an empty interval, and so does what follows a seek. Where the log ends it goes on live. It does not reconnect: open another at the last
/// position. Commands may come from any thread, one at a time.
/// </summary>
public sealed class MonitoringReplay : IAsyncDisposable
{
    /// <summary>Frames that wait for the program; then the node waits too.</summary>
    private const int MostWaiting = 64;

    private readonly Channel<StreamFrame> _frames = Channel.CreateBounded<StreamFrame>(MostWaiting);
    private readonly WebSocket _socket;
    private readonly WebSocketStreamConnection _connection;

    internal MonitoringReplay(WebSocket socket)
    {
        _socket = socket;
        _connection = new WebSocketStreamConnection(socket, frame => _frames.Writer.WriteAsync(frame));
        _ = _connection.Ended.ContinueWith(
            ended => _frames.Writer.TryComplete(ended.Result), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    /// <summary>The frames, once; ends when the node closes, and throws when the connection breaks.</summary>
    public async IAsyncEnumerable<StreamFrame> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var frame in _frames.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return frame;
        }
    }

    /// <summary>Lets the replay's time stand still.</summary>
    public Task PauseAsync(CancellationToken cancellationToken = default) => SendAsync("{\"type\":\"pause\"}", cancellationToken);

    /// <summary>Lets it go on.</summary>
    public Task PlayAsync(CancellationToken cancellationToken = default) => SendAsync("{\"type\":\"play\"}", cancellationToken);

    /// <summary>Goes to a position: everything up to it is known.</summary>
    public Task SeekAsync(LogPosition position, CancellationToken cancellationToken = default) =>
        SendAsync($"{{\"type\":\"seek\",\"at\":\"{position}\"}}", cancellationToken);

    /// <summary>Changes the pace.</summary>
    /// <param name="speed">Seconds of the log in a second, 1 to 100; another value is answered with a clock that says so.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public Task SetSpeedAsync(double speed, CancellationToken cancellationToken = default) =>
        SendAsync(string.Create(CultureInfo.InvariantCulture, $"{{\"type\":\"speed\",\"speed\":{speed}}}"), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _frames.Writer.TryComplete();
        await _connection.DisposeAsync().ConfigureAwait(false);
    }

    private Task SendAsync(string message, CancellationToken cancellationToken) =>
        _socket.SendAsync(System.Text.Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
}
