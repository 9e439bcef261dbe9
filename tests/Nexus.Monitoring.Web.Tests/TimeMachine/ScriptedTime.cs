using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading.Channels;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Json;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.State;
using Nexus.Monitoring.Web.TimeMachine;

namespace Nexus.Monitoring.Web.Tests.TimeMachine;

/// <summary>A past of given events, and a replay that says what the test tells it to say.</summary>
internal sealed class ScriptedTime(IReadOnlyList<MonitoringEvent> log) : ITimeSource, ITimeReplay
{
    private readonly Channel<StreamFrame> _frames = Channel.CreateUnbounded<StreamFrame>();

    /// <summary>The next read of a state fails so.</summary>
    public Exception? Problem { get; set; }

    /// <summary>States are given out when it ends.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>A replay is closed when it ends.</summary>
    public Task Closing { get; set; } = Task.CompletedTask;

    public List<TimeAddress> StatesRead { get; } = [];

    public List<double> Speeds { get; } = [];

    public LogPosition? ReplayedAfter { get; private set; }

    public bool IsReplayGone { get; private set; }

    public void Say(StreamFrame frame) => _frames.Writer.TryWrite(frame);

    public void Break() => _frames.Writer.TryComplete(new IOException("cut"));

    public async Task<LiveStateSnapshot> ReadStateAsync(TimeAddress at, CancellationToken cancellationToken)
    {
        StatesRead.Add(at);
        await Gate.WaitAsync(cancellationToken);
        if (Problem is { } problem)
        {
            throw problem;
        }

        var state = new LiveState();
        foreach (var (entry, position) in Upto(at.Position ?? new LogPosition((ulong)at.Time.ToUnixTimeMilliseconds(), ulong.MaxValue)))
        {
            state.Apply(entry, position);
        }

        // Over JSON, as from the API: a snapshot's lists hold the state's own entries.
        var json = JsonSerializer.SerializeToUtf8Bytes(state.ToSnapshot(), MonitoringJson.Context.LiveStateSnapshot);
        return JsonSerializer.Deserialize(json, MonitoringJson.Context.LiveStateSnapshot)!;
    }

    public Task<EventsFrame> ReadBackAsync(LogPosition upto, int limit, CancellationToken cancellationToken)
    {
        var events = Upto(upto).Select(one => one.Event).TakeLast(limit).ToList();
        var first = events.Count > 0 ? LogPosition.Parse(events[0].Cursor!) : LogPosition.Start;
        return Task.FromResult(new EventsFrame
        {
            After = first == LogPosition.Start ? first : new LogPosition(first.Milliseconds - 1, ulong.MaxValue), Upto = upto, Events = events,
        });
    }

    public Task<LogPosition?> NextAsync(LogPosition after, CancellationToken cancellationToken) => Task.FromResult(
        log.Select(entry => (LogPosition?)LogPosition.Parse(entry.Cursor!)).FirstOrDefault(position => position > after));

    public Task<ITimeReplay> ReplayAsync(LogPosition after, double speed, CancellationToken cancellationToken)
    {
        ReplayedAfter = after;
        Speeds.Add(speed);
        return Task.FromResult<ITimeReplay>(this);
    }

    public async IAsyncEnumerable<StreamFrame> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var frame in _frames.Reader.ReadAllAsync(cancellationToken))
        {
            yield return frame;
        }
    }

    public Task SetSpeedAsync(double speed, CancellationToken cancellationToken)
    {
        Speeds.Add(speed);
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await Closing;
        IsReplayGone = true;
    }

    private IEnumerable<(MonitoringEvent Event, LogPosition Position)> Upto(LogPosition upto) =>
        log.Select(entry => (entry, LogPosition.Parse(entry.Cursor!))).Where(one => one.Item2 <= upto);
}
