using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Api.Tests.Fixtures;
using Nexus.Monitoring.Api.TimeMachine;
using Nexus.Monitoring.Api.TimeMachine.Replays;
using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Tests.TimeMachine;

public sealed class ReplaySessionTests
{
    /// <summary>A command that nobody takes would keep its client from ever being read again.</summary>
    [Fact]
    public async Task Post_JustAsItGoesLive_IsFollowed()
    {
        await using var api = await ApiHost.StartAsync();
        var first = api.Log.AppendAt((ulong)DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), Sample.Event());
        await api.FoldsAsync(first);
        var sink = new Sink();
        var session = new ReplaySession(
            api.Services.GetRequiredService<ReplayContext>(),
            new ReplayRequest(new StreamRequest(EventFilter.All, null), new Instant(first.Time, first), 100),
            sink);
        var posted = new TaskCompletionSource<Task>();
        sink.WentLive = () => posted.TrySetResult(session.PostAsync(new ClientCommand(Replay: new ReplayCommand(IsPlaying: false))));

        var running = session.RunAsync(TestContext.Current.CancellationToken);
        await Eventually.IsTrueAsync(() => sink.Clocks.Contains(ClockFrame.Paused), "it stands still");
        await posted.Task.Unwrap();
        session.End();

        Assert.Equal(SessionEnd.ClientGone, await running);
    }

    private sealed class Sink : IStreamSink
    {
        public Action? WentLive { get; set; }

        public ConcurrentQueue<string> Clocks { get; } = [];

        public string Transport => "test";

        public bool HasIntervals => true;

        public ValueTask SendEventsAsync(LogPosition after, LogPosition upto, List<LogEntry> entries) => default;

        public ValueTask SendFrameAsync(StreamFrame frame)
        {
            if (frame is ClockFrame clock)
            {
                Clocks.Enqueue(clock.State);
                if (clock.State == ClockFrame.Live)
                {
                    WentLive?.Invoke();
                }
            }

            return default;
        }

        public void Abort()
        {
        }
    }
}
