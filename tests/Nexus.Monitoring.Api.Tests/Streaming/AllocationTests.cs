using Nexus.Monitoring.Api.SignalR;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Api.Tests.Fixtures;
using Nexus.Monitoring.Api.WebSockets;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Tests.Streaming;

/// <summary>What a delivery allocates on the whole way from the feed to the transport: routing, waking, reading, sending.</summary>
[Collection(nameof(Alone))]
public sealed class AllocationTests
{
    private const int Clients = 100;
    private const int Rounds = 500;
    private const int EventsOfARound = 4;
    private const long Deliveries = (long)Clients * Rounds * EventsOfARound;

    /// <summary>What timers and the pool's own threads may need meanwhile.</summary>
    private const long Noise = 64 * 1024;

    /// <summary>An interval is encoded once for all who stand at its beginning: some bytes a delivery, and never the event's own.</summary>
    private const long MostOfAnInterval = 40;

    private readonly EntryEncoder _encoder = new();
    private ulong _number;

    [Theory]
    [InlineData("")]
    [InlineData("project_id=a")]
    [InlineData("q=status:completed")]
    public async Task Deliver_SingleEvents_AllocatesNothing(string filter) =>
        Assert.InRange(await MeasureAsync(filter, connection => new EventSink(connection)), long.MinValue, Noise);

    [Theory]
    [InlineData("")]
    [InlineData("project_id=a")]
    public async Task Deliver_Batches_AllocatesForAnIntervalAndNotForAClient(string filter) =>
        Assert.InRange(await MeasureAsync(filter, connection => new BatchSink(connection)), long.MinValue, Noise + (Deliveries * MostOfAnInterval));

    [Fact]
    public async Task Deliver_HubCalls_AllocatesForAnIntervalAndNotForAClient() =>
        Assert.InRange(await MeasureAsync("", connection => new HubFrameSink(connection)), long.MinValue, Noise + (Deliveries * MostOfAnInterval));

    private async Task<long> MeasureAsync(string filter, Func<FrameConnection, IStreamSink> sink)
    {
        await using var stage = new SessionStage(TimeProvider.System);
        var sessions = new StreamSession[Clients];
        var running = new Task<SessionEnd>[Clients];
        for (var i = 0; i < Clients; i++)
        {
            var connection = new FrameConnection(Stream.Null, null, static () => { }, TimeProvider.System);
            sessions[i] = new StreamSession(stage.Context, new StreamRequest(Sample.Filter(filter), null), sink(connection));
            // As on a server: without a context of the test's to go back to.
            var session = sessions[i];
            running[i] = Task.Run(() => session.RunAsync(CancellationToken.None));
        }

        // Pools fill, buffers grow, code is compiled.
        await RunAsync(stage.Feed, sessions, Encode(Rounds / 2));
        var events = Encode(Rounds);
        var before = GC.GetTotalAllocatedBytes(precise: true);
        await RunAsync(stage.Feed, sessions, events);
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;

        foreach (var session in sessions)
        {
            session.End();
        }

        await Task.WhenAll(running).WaitAsync(Eventually.DefaultDeadline);
        TestContext.Current.TestOutputHelper?.WriteLine($"{Deliveries} deliveries, {allocated} bytes");
        return allocated;
    }

    private static async Task RunAsync(LogFeed feed, StreamSession[] sessions, LogEntry[][] rounds)
    {
        var head = rounds[^1][^1].Position;
        foreach (var round in rounds)
        {
            feed.Append(round);
            Thread.Yield();
        }

        var began = System.Diagnostics.Stopwatch.GetTimestamp();
        for (var i = 0; i < sessions.Length;)
        {
            if (sessions[i].Position == head)
            {
                i++;
                continue;
            }

            var waited = System.Diagnostics.Stopwatch.GetElapsedTime(began);
            Assert.True(waited < Eventually.DefaultDeadline, $"session {i} is at {sessions[i].Position} after {waited}");
            await Task.Yield();
        }
    }

    private LogEntry[][] Encode(int rounds)
    {
        var all = new LogEntry[rounds][];
        for (var i = 0; i < rounds; i++)
        {
            all[i] = new LogEntry[EventsOfARound];
            for (var j = 0; j < EventsOfARound; j++)
            {
                var e = Sample.Event(EventTypes.TaskCompleted, "a") with { Status = "completed", Message = new string('x', 200) };
                all[i][j] = _encoder.Encode(EventJson.ToUtf8(e), new LogPosition(1, ++_number), EventKeys.Of(e));
                all[i][j].Decoded = e;
            }
        }

        return all;
    }
}
