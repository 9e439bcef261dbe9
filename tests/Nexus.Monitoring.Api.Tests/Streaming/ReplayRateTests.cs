using Microsoft.Extensions.Time.Testing;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Api.Tests.Fixtures;
using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Tests.Streaming;

/// <summary>What one client reads behind the ring, by a clock that the test turns.</summary>
public sealed class ReplayRateTests
{
    private const int Batch = 100;

    /// <summary>The ring holds nothing, so everything is read from the log: a hundred a second.</summary>
    [Fact]
    public async Task Replay_BehindTheRing_IsAsFastAsAllowedAndNoFaster()
    {
        var time = new FakeTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds((long)MemoryLog.FirstMillisecond).AddDays(1));
        await using var stage = new SessionStage(time, options =>
        {
            options.BatchEvents = Batch;
            options.ReplayEventsPerSecond = Batch;
            options.PingInterval = TimeSpan.FromDays(1);
        });
        var positions = Enumerable.Range(0, 5 * Batch).Select(_ => stage.Log.Append(Sample.Event())).ToList();
        stage.Feed.Restart(positions[^1], null);
        var sink = new ClockingSink(time);
        var began = time.GetUtcNow();
        var session = new StreamSession(stage.Context, new StreamRequest(EventFilter.All, LogPosition.Start), sink);
        var running = session.RunAsync(CancellationToken.None);

        await Eventually.IsTrueAsync(
            () =>
            {
                time.Advance(TimeSpan.FromMilliseconds(100));
                return sink.Arrivals.Count == positions.Count;
            },
            "everything has come");

        // A pause is as long as what was read deserves; only then it is handed out.
        Assert.All(sink.Arrivals.Index(), arrival => Assert.True(
            arrival.Item - began >= TimeSpan.FromSeconds((arrival.Index / Batch) + 1), $"event {arrival.Index} came after {arrival.Item - began}"));
        session.End();
        Assert.Equal(SessionEnd.ClientGone, await running.WaitAsync(Eventually.DefaultDeadline));
    }

    /// <summary>Notes when each event came.</summary>
    private sealed class ClockingSink(TimeProvider time) : IStreamSink
    {
        private readonly Lock _gate = new();
        private readonly List<DateTimeOffset> _arrivals = [];

        public string Transport => "clocking";

        public IReadOnlyList<DateTimeOffset> Arrivals
        {
            get
            {
                lock (_gate)
                {
                    return [.. _arrivals];
                }
            }
        }

        public ValueTask SendEventsAsync(LogPosition after, LogPosition upto, List<LogEntry> entries)
        {
            lock (_gate)
            {
                _arrivals.AddRange(Enumerable.Repeat(time.GetUtcNow(), entries.Count));
            }

            return ValueTask.CompletedTask;
        }

        public ValueTask SendFrameAsync(StreamFrame frame) => ValueTask.CompletedTask;

        public void Abort()
        {
        }
    }
}
