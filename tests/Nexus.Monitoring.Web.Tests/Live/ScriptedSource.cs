using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading.Channels;
using Nexus.Monitoring.Client.Reading;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Json;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.State;
using Nexus.Monitoring.Web.Live;

namespace Nexus.Monitoring.Web.Tests.Live;

/// <summary>Says what the test tells it to say, frame by frame.</summary>
internal sealed class ScriptedSource : IFeedSource
{
    private Channel<StreamFrame> _frames = Channel.CreateUnbounded<StreamFrame>();
    private volatile StreamConnectionState _connection = State(StreamConnectionStatus.Connected);

    public StreamConnectionState Connection => _connection;

    public LiveState Known { get; } = new();

    public List<MonitoringEvent> Older { get; } = [];

    /// <summary>So many attempts at reading the state fail first.</summary>
    public int StateFailures { get; set; }

    public int StateReads { get; private set; }

    public int Asked { get; private set; }

    public LogPosition? ReadFrom { get; private set; }

    public void Say(StreamFrame frame) => _frames.Writer.TryWrite(frame);

    /// <summary>The position that is read from is no longer one of the log.</summary>
    public void Refuse(string why)
    {
        var refused = _frames;
        _frames = Channel.CreateUnbounded<StreamFrame>();
        refused.Writer.TryComplete(new StreamRefusedException(why));
    }

    public void Connect(StreamConnectionStatus status, int failedAttempts = 0, string? problem = null) =>
        _connection = State(status, failedAttempts, problem);

    public void TryNow() => Asked++;

    public Task<LiveStateSnapshot> ReadStateAsync(CancellationToken cancellationToken)
    {
        StateReads++;
        if (StateReads <= StateFailures)
        {
            return Task.FromException<LiveStateSnapshot>(new HttpRequestException("refused"));
        }

        // Over JSON, as from the API: a snapshot's lists hold the state's own entries.
        var json = JsonSerializer.SerializeToUtf8Bytes(Known.ToSnapshot(), MonitoringJson.Context.LiveStateSnapshot);
        return Task.FromResult(JsonSerializer.Deserialize(json, MonitoringJson.Context.LiveStateSnapshot)!);
    }

    public Task<EventsFrame> ReadBackAsync(LogPosition upto, CancellationToken cancellationToken) =>
        Task.FromResult(new EventsFrame { After = LogPosition.Start, Upto = upto, Events = Older });

    public async IAsyncEnumerable<StreamFrame> ReadAsync(LogPosition after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ReadFrom = after;
        await foreach (var frame in _frames.Reader.ReadAllAsync(cancellationToken))
        {
            yield return frame;
        }
    }

    private static StreamConnectionState State(StreamConnectionStatus status, int failedAttempts = 0, string? problem = null) =>
        new() { Status = status, Since = DateTimeOffset.UnixEpoch, FailedAttempts = failedAttempts, Problem = problem };
}
