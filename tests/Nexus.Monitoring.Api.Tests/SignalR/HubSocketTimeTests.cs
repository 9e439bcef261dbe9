using System.Text;
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
            _running = new HubSocket(_connection, _stage.Context, Unused(_stage.Context)).RunAsync();
        }

        /// <summary>Nobody asks for the past here.</summary>
        private static ReplayContext Unused(SessionContext stream) => new(null!, null!, null!, stream, Options.Create(new TimeMachineOptions()));

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
