using System.Net.WebSockets;
using System.Text.Json;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Json;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.IntegrationTests.Fixtures;

/// <summary>
/// A raw WebSocket client of <c>format=batch</c> that writes down all it is sent and checks each interval: it must begin where the one
/// before ended, and hold events in order inside it.
/// </summary>
public sealed class StreamRecorder : IAsyncDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();
    private readonly List<MonitoringEvent> _events = [];
    private readonly List<StreamFrame> _frames = [];
    private readonly List<string> _faults = [];
    private Task _reading = Task.CompletedTask;
    private LogPosition? _upto;

    public IReadOnlyList<MonitoringEvent> Events => Copy(_events);

    /// <summary>Frames other than events, as they came.</summary>
    public IReadOnlyList<StreamFrame> Frames => Copy(_frames);

    /// <summary>What was wrong with the stream; empty when every interval chained.</summary>
    public IReadOnlyList<string> Faults => Copy(_faults);

    /// <summary>The first message, for a client that came without a cursor.</summary>
    public MonitoringEvent? Snapshot { get; private set; }

    public LogPosition? Upto
    {
        get
        {
            lock (_gate)
            {
                return _upto;
            }
        }
    }

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _events.Count;
            }
        }
    }

    public WebSocketCloseStatus? ClosedWith => _socket.CloseStatus;

    public bool IsOpen => _socket.State == WebSocketState.Open;

    public static async Task<StreamRecorder> ConnectAsync(ApiProcess api, string query = "", LogPosition? after = null)
    {
        var recorder = new StreamRecorder { _upto = after };
        var cursor = after is { } position ? $"&cursor={position}" : "";
        await recorder._socket.ConnectAsync(api.Stream($"format=batch&{query}{cursor}"), CancellationToken.None);
        recorder._reading = recorder.ReadAsync();
        return recorder;
    }

    public Task ReceivesAsync(int count, TimeSpan? deadline = null) =>
        Eventually.IsTrueAsync(() => Count >= count, $"{count} events arrive", deadline);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _reading;
        _socket.Dispose();
        _stopping.Dispose();
    }

    private async Task ReadAsync()
    {
        var message = new MemoryStream();
        var buffer = new byte[64 * 1024];
        try
        {
            while (true)
            {
                var part = await _socket.ReceiveAsync(buffer, _stopping.Token);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    return;
                }

                message.Write(buffer, 0, part.Count);
                if (part.EndOfMessage)
                {
                    Take(JsonSerializer.Deserialize(message.GetBuffer().AsSpan(0, (int)message.Length), MonitoringJson.Context.StreamFrame)!);
                    message.SetLength(0);
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException)
        {
        }
    }

    private void Take(StreamFrame frame)
    {
        lock (_gate)
        {
            switch (frame)
            {
                case EventsFrame batch:
                    Take(batch);
                    break;
                case GapFrame gap:
                    Chain(gap.After, gap.Upto);
                    _frames.Add(gap);
                    break;
                default:
                    _frames.Add(frame);
                    break;
            }
        }
    }

    private void Take(EventsFrame batch)
    {
        if (batch.After == batch.Upto && batch.Events is [{ EventType: EventTypes.StatsSnapshot } snapshot])
        {
            // How things stand where the stream begins; no entry of the log.
            Snapshot = snapshot;
            Chain(batch.After, batch.Upto);
            return;
        }

        var last = batch.After;
        foreach (var e in batch.Events)
        {
            var position = LogPosition.Parse(e.Cursor!);
            if (position <= last || position > batch.Upto)
            {
                _faults.Add($"event at {position} lies outside ({last}, {batch.Upto}]");
            }

            last = position;
            _events.Add(e);
        }

        Chain(batch.After, batch.Upto);
    }

    private void Chain(LogPosition after, LogPosition upto)
    {
        if (_upto is { } expected && expected != after)
        {
            _faults.Add($"interval begins at {after}, the one before ended at {expected}");
        }

        _upto = upto;
    }

    private List<T> Copy<T>(List<T> list)
    {
        lock (_gate)
        {
            return [.. list];
        }
    }
}
