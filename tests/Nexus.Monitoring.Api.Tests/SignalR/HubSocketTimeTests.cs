using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Nexus.Monitoring.Api.SignalR;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Api.Tests.Fixtures;
using Nexus.Monitoring.Api.TimeMachine;
using Nexus.Monitoring.Api.TimeMachine.Replays;
using Nexus.Monitoring.Api.WebSockets;

namespace Nexus.Monitoring.Api.Tests.SignalR;

/// <summary>Pings and time-outs of a hub client on a WebSocket, by a clock that the test turns.</summary>
public sealed class HubSocketTimeTests
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddYears(50));

    [Fact]
    public async Task Tick_NothingWasSentFor15Seconds_Pings()
    {
        await using var hub = new Hub(_time);

        await hub.PassAsync(TimeSpan.FromSeconds(14));
        Assert.Empty(hub.Sent);
        await hub.PassAsync(TimeSpan.FromSeconds(2));

        await Eventually.IsTrueAsync(() => hub.Sent.Contains("{\"type\":6}\u001e", StringComparison.Ordinal), "a ping is sent");
    }

    [Fact]
    public async Task Tick_ClientIsSilentFor30Seconds_CutsItOff()
    {
        await using var hub = new Hub(_time);

        await hub.PassAsync(TimeSpan.FromSeconds(29));
        Assert.False(hub.IsCut);
        await hub.PassAsync(TimeSpan.FromSeconds(2));

        Assert.True(hub.IsCut);
    }

    [Fact]
    public async Task Tick_ClientPings_KeepsItConnected()
    {
        await using var hub = new Hub(_time);
        await hub.PassAsync(TimeSpan.FromSeconds(20));

        await hub.SaysAsync("{\"protocol\":\"json\",\"version\":1}\u001e");
        await Eventually.IsTrueAsync(() => hub.Sent.Contains("{}\u001e", StringComparison.Ordinal), "the handshake is answered");
        await hub.PassAsync(TimeSpan.FromSeconds(20));

        Assert.False(hub.IsCut);
    }

    /// <summary>It asked for nothing yet; what it is told lets it come back by itself, at another node.</summary>
    [Fact]
    public async Task Stop_BeforeASubscription_SaysThatItMayComeBackAndCutsOffWhoDoesNot()
    {
        await using var hub = new Hub(_time);
        await hub.SaysAsync("{\"protocol\":\"json\",\"version\":1}\u001e");
        await Eventually.IsTrueAsync(() => hub.Sent.Contains("{}\u001e", StringComparison.Ordinal), "the handshake is answered");

        hub.Feed.Stop();
        await hub.PassAsync(TimeSpan.FromSeconds(1));
        await Eventually.IsTrueAsync(() => hub.Sent.Contains("Shutting down", StringComparison.Ordinal), "the client is told");
        Assert.Contains("{\"type\":7,\"allowReconnect\":true}\u001e", hub.Sent, StringComparison.Ordinal);
        Assert.False(hub.IsCut);
        await hub.PassAsync(TimeSpan.FromSeconds(6));

        Assert.True(hub.IsCut);
    }

    /// <summary>A connection that pings and brings no events would be the worst of all ends.</summary>
    [Fact]
    public async Task Subscribe_SessionThatFails_EndsTheConnectionWithAReason()
    {
        await using var hub = new Hub(_time);
        hub.Log.Fails = new InvalidOperationException("Something is wrong.");
        await hub.SaysAsync("{\"protocol\":\"json\",\"version\":1}\u001e");
        await Eventually.IsTrueAsync(() => hub.Sent.Contains("{}\u001e", StringComparison.Ordinal), "the handshake is answered");

        await hub.SaysAsync("{\"type\":1,\"target\":\"Subscribe\",\"arguments\":[null,\"1500000000000-7\"]}\u001e");

        await Eventually.IsTrueAsync(
            () => hub.Sent.Contains("The stream failed; come back with cursor=1500000000000-7\",\"allowReconnect\":true}\u001e", StringComparison.Ordinal),
            "the client is told");
    }

    /// <summary>A hub client's connection, whose other end is the test.</summary>
    private sealed class Hub : IAsyncDisposable
    {
        private readonly FakeTimeProvider _time;
        private readonly SessionStage _stage;
        private readonly TwoWayStream _wire = new();
        private readonly FrameConnection _connection;
        private readonly Task _running;
        private volatile bool _isCut;

        public Hub(FakeTimeProvider time)
        {
            _time = time;
            _stage = new SessionStage(time);
            _connection = new FrameConnection(_wire, null, Cut, time);
            _running = new HubSocket(_connection, _stage.Context, Unused(_stage.Context), null, NullLogger.Instance).RunAsync();
        }

        /// <summary>Nobody asks for the past here.</summary>
        private static ReplayContext Unused(SessionContext stream) => new(null!, null!, null!, stream, Options.Create(new TimeMachineOptions()));

        public LogFeed Feed => _stage.Feed;

        public MemoryLog Log => _stage.Log;

        public bool IsCut => _isCut;

        public string Sent => Encoding.UTF8.GetString(_wire.Written);

        public async Task PassAsync(TimeSpan time)
        {
            for (var passed = TimeSpan.Zero; passed < time; passed += TimeSpan.FromSeconds(1))
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                await Task.Yield();
            }
        }

        /// <summary>One text message, masked with zeros.</summary>
        public Task SaysAsync(string text)
        {
            var payload = Encoding.UTF8.GetBytes(text);
            return _wire.ArriveAsync([0x81, (byte)(0x80 | payload.Length), 0, 0, 0, 0, .. payload]);
        }

        public async ValueTask DisposeAsync()
        {
            Cut();
            await _running;
            _connection.Dispose();
            await _stage.DisposeAsync();
        }

        private void Cut()
        {
            _isCut = true;
            _wire.End();
        }
    }
}
