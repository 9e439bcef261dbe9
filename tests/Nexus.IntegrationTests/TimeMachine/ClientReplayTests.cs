using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Nexus.IntegrationTests.Fixtures;
using Nexus.Monitoring.Client.Reading;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.Frames;

namespace Nexus.IntegrationTests.TimeMachine;

/// <summary>The .NET client goes back to an instant and lets the past go by, against a node and its history.</summary>
public sealed class ClientReplayTests
{
    [Fact]
    public async Task Replay_FromAnInstant_TellsWhatFollowedAndDoesAsItIsTold()
    {
        Assert.SkipUnless(RedisServerProcess.IsInstalled, RedisServerProcess.WhyMissing);
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var folder = Directory.CreateTempSubdirectory("nexus-replay-");
        try
        {
            await using var redis = await RedisServerProcess.StartAsync();
            await using var api = await ApiProcess.StartAsync(
                redis, ("Monitoring__History__Path", Path.Combine(folder.FullName, "events.duckdb")), ("Monitoring__History__CommitInterval", "00:00:00.2"));
            await using var producer = await Producer.StartAsync(redis);
            producer.Publish(EventTypes.TaskStarted, 20);
            await producer.FlushAsync();
            var between = producer.Ledger.Last(EventFilter.All);
            // Room to pause in, at the pace of the log.
            await Task.Delay(TimeSpan.FromSeconds(2), deadline.Token);
            producer.Publish(EventTypes.TaskCompleted, 20);
            await producer.FlushAsync();
            var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
            builder.AddNexusMonitoringReader(api.Address);
            using var host = builder.Build();
            var replays = host.Services.GetRequiredService<MonitoringReplays>();

            var state = await host.Services.GetRequiredService<MonitoringApiClient>().GetStateAsync(between.Time, deadline.Token);
            Assert.InRange(state.Events, 1, 40);
            await using var replay = await replays.OpenAsync(EventFilter.All, between, 100, deadline.Token);
            await using var frames = replay.ReadAsync(deadline.Token).GetAsyncEnumerator(deadline.Token);

            var seen = new List<MonitoringEvent>();
            var clock = await NextClockAsync(frames, seen, ClockFrame.Live);
            Assert.Null(clock.Error);
            Assert.Equal(20, seen.Count(e => e.EventType == EventTypes.TaskCompleted));
            Assert.DoesNotContain(seen, e => e.EventType == EventTypes.TaskStarted);

            // Live, and back again: everything that followed the instant comes once more.
            seen.Clear();
            await replay.SeekAsync(between, deadline.Token);
            await NextClockAsync(frames, seen, ClockFrame.Live);
            Assert.Equal(20, seen.Count);

            // While live too, what cannot be done is said, and it stays live.
            await replay.SetSpeedAsync(1000, deadline.Token);
            Assert.Contains("100", (await NextClockAsync(frames, [], ClockFrame.Playing)).Error, StringComparison.Ordinal);
            await NextClockAsync(frames, [], ClockFrame.Live);

            await replay.SetSpeedAsync(1, deadline.Token);
            await replay.SeekAsync(between, deadline.Token);
            await replay.PauseAsync(deadline.Token);
            Assert.Equal(between, (await NextClockAsync(frames, [], ClockFrame.Paused)).Cursor);
            await replay.SetSpeedAsync(1000, deadline.Token);
            Assert.Contains("100", (await NextClockAsync(frames, [], ClockFrame.Paused)).Error, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<ClockFrame> NextClockAsync(IAsyncEnumerator<StreamFrame> frames, List<MonitoringEvent> seen, string state)
    {
        while (await frames.MoveNextAsync())
        {
            switch (frames.Current)
            {
                case EventsFrame interval:
                    seen.AddRange(interval.Events);
                    break;
                case ClockFrame clock when clock.State == state:
                    return clock;
            }
        }

        throw new InvalidOperationException("The replay ended.");
    }
}
