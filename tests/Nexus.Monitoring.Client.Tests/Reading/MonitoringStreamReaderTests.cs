using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Nexus.Monitoring.Client.Reading;
using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.Frames;

namespace Nexus.Monitoring.Client.Tests.Reading;

public sealed class MonitoringStreamReaderTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
    private readonly FakeConnector _connector = new();
    private readonly MonitoringStreamReader _reader;
    private readonly ConcurrentQueue<StreamFrame> _frames = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _consume = new(int.MaxValue);
    private Task _reading = Task.CompletedTask;

    public MonitoringStreamReaderTests() =>
        _reader = new MonitoringStreamReader(_connector, _time, NullLogger<MonitoringStreamReader>.Instance);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _reading;
        _stop.Dispose();
        _consume.Dispose();
    }

    [Fact]
    public async Task Read_ConnectionLost_ResumesFromTheLastIntervalAndChains()
    {
        Read();
        var first = await _connector.AcceptAsync();
        Assert.Null(first.Cursor);
        first.Send(Frames.Events(3, 3, 3));
        first.Send(Frames.Events(3, 6, 4, 6));
        _time.Advance(TimeSpan.FromMinutes(1));
        first.Drop("cut");

        var second = await _connector.AcceptAsync();
        Assert.Equal(Frames.At(6), second.Cursor);
        first.Send(Frames.Events(6, 7, 7));
        second.Send(new ResumedFrame { After = Frames.At(6), Replayed = 2 });
        second.Send(Frames.Events(6, 9, 8));

        await ReceivesAsync(4);
        Assert.Equal(["3", "4", "6", "8"], TaskIds());
    }

    [Fact]
    public async Task Read_PingBeforeTheLoss_ResumesFromIt()
    {
        Read();
        var first = await _connector.AcceptAsync();
        first.Send(Frames.Events(1, 1, 1));
        first.Send(new PingFrame { Cursor = Frames.At(50) });
        _time.Advance(TimeSpan.FromMinutes(1));
        first.Drop("cut");

        Assert.Equal(Frames.At(50), (await _connector.AcceptAsync()).Cursor);
    }

    [Fact]
    public async Task Read_ChainBreaks_ComesBackToWhereItWasWhole()
    {
        Read();
        var first = await _connector.AcceptAsync();
        first.Send(Frames.Events(1, 1, 1));
        first.Send(Frames.Events(4, 5, 5));
        first.Send(Frames.Events(5, 6, 6));
        await Eventually.IsTrueAsync(() => first.IsClosed, "the connection is given up");
        await Eventually.IsTrueAsync(() => _reader.State.Problem?.Contains("4-0", StringComparison.Ordinal) == true, "the reader says why");

        var second = await ReconnectAsync();
        Assert.Equal(Frames.At(1), second.Cursor);
        second.Send(Frames.Events(1, 6, 2, 3, 4, 5, 6));

        await ReceivesAsync(2);
        Assert.Equal(["1", "2", "3", "4", "5", "6"], TaskIds());
    }

    [Fact]
    public async Task Read_ChainBreaksAtTheSamePlaceAgain_IsToldBeforeTheFrame()
    {
        Read();
        var first = await _connector.AcceptAsync();
        first.Send(Frames.Events(1, 1, 1));
        first.Send(Frames.Events(4, 5, 5));
        (await ReconnectAsync()).Send(Frames.Events(4, 5, 5));

        await ReceivesAsync(3);
        Assert.Equal(StreamGapReasons.ChainBroken, Assert.IsType<GapFrame>(_frames.ElementAt(1)).Reason);
    }

    [Fact]
    public async Task Read_NodeAway_TriesForEverAndSaysWhenAndWhy()
    {
        _connector.Refuses = "connection refused";
        Read();
        for (var attempt = 1; attempt <= 10; attempt++)
        {
            await Eventually.IsTrueAsync(
                () => _reader.State is { NextAttemptAt: not null } state && state.FailedAttempts == attempt, $"attempt {attempt} fails");
            var state = _reader.State;
            Assert.Equal((StreamConnectionStatus.Reconnecting, "connection refused"), (state.Status, state.Problem));
            Assert.InRange(state.NextAttemptAt!.Value - _time.GetUtcNow(), TimeSpan.FromSeconds(0.25), TimeSpan.FromSeconds(15));
            await AdvanceToNextAttemptAsync(attempt);
        }

        _connector.Refuses = null;
        await Eventually.IsTrueAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                return _reader.State.Status == StreamConnectionStatus.Connected;
            },
            "it is connected");
        Assert.Equal((0, null), (_reader.State.FailedAttempts, _reader.State.NextAttemptAt));
    }

    /// <summary>Coming back with the same would be refused again: the program is to know.</summary>
    [Fact]
    public async Task Read_Refused_ThrowsTheNodesSentenceAndDoesNotComeBack()
    {
        var reading = _reader.ReadAsync(EventFilter.All, cancellationToken: _stop.Token).GetAsyncEnumerator(_stop.Token);
        await using (reading)
        {
            var first = reading.MoveNextAsync().AsTask();
            var node = await _connector.AcceptAsync();
            node.Send(Frames.Events(3, 3));
            Assert.True(await first);
            var next = reading.MoveNextAsync().AsTask();
            node.Refuse("The cursor is of no log.");

            var refused = await Assert.ThrowsAsync<StreamRefusedException>(() => next.WaitAsync(Eventually.DefaultDeadline));
            Assert.Equal("The cursor is of no log.", refused.Message);
        }

        Assert.Equal(StreamConnectionStatus.Idle, _reader.State.Status);
    }

    [Fact]
    public async Task TryNow_WhileWaiting_CutsTheWaitShort()
    {
        _connector.Refuses = "connection refused";
        Read();
        await Eventually.IsTrueAsync(() => _reader.State.NextAttemptAt is not null, "the reader waits");
        _connector.Refuses = null;

        await Eventually.IsTrueAsync(
            () =>
            {
                _reader.TryNow();
                return _reader.State.Status == StreamConnectionStatus.Connected;
            },
            "it is connected");
    }

    [Fact]
    public async Task Read_NodeDropsEachConnectionAtOnce_IsNotStormed()
    {
        Read();
        (await _connector.AcceptAsync()).Drop("full");

        await Eventually.IsTrueAsync(() => _reader.State is { FailedAttempts: 1, NextAttemptAt: not null, Problem: "full" }, "the reader waits");
    }

    [Fact]
    public async Task Read_ConsumerFallsBehind_ReconnectsWithItsPositionAndLosesNothing()
    {
        using var gate = new SemaphoreSlim(0);
        Read(gate);
        var first = await _connector.AcceptAsync();
        for (var i = 1; i <= 2_000; i++)
        {
            first.Send(Frames.Events(i - 1, i, i));
        }

        await Eventually.IsTrueAsync(() => first.IsClosed, "the connection is closed");
        gate.Release(1_000_000);
        var second = await ReconnectAsync();
        var cursor = (int)second.Cursor!.Value.Milliseconds;
        Assert.InRange(cursor, 1_000, MonitoringStreamReader.FrameCapacity + 2);
        for (var i = cursor + 1; i <= 2_000; i++)
        {
            second.Send(Frames.Events(i - 1, i, i));
            await ReceivesAsync(i);
        }

        Assert.Equal(Enumerable.Range(1, 2_000).Select(i => $"{i}"), TaskIds());
    }

    [Fact]
    public async Task Read_Ended_ClosesTheConnectionAndIsIdle()
    {
        Read();
        var node = await _connector.AcceptAsync();
        await _stop.CancelAsync();
        await _reading;

        Assert.True(node.IsClosed);
        Assert.Equal(StreamConnectionStatus.Idle, _reader.State.Status);
    }

    [Fact]
    public async Task Read_TwiceAtOnce_Throws()
    {
        Read();
        await _connector.AcceptAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await _reader.ReadAsync(EventFilter.All, cancellationToken: _stop.Token).GetAsyncEnumerator(_stop.Token).MoveNextAsync());
    }

    private async Task<FakeConnector.Connection> ReconnectAsync()
    {
        var accepting = _connector.AcceptAsync();
        await Eventually.IsTrueAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                return accepting.IsCompleted;
            },
            "it is connected again");
        return await accepting;
    }

    private IEnumerable<string?> TaskIds() => _frames.OfType<EventsFrame>().SelectMany(frame => frame.Events).Select(e => e.TaskId);

    private Task ReceivesAsync(int frames) => Eventually.IsTrueAsync(() => _frames.Count >= frames, $"{frames} frames arrive");

    private void Read(SemaphoreSlim? gate = null) => _reading = Task.Run(async () =>
    {
        try
        {
            await foreach (var frame in _reader.ReadAsync(EventFilter.All, cancellationToken: _stop.Token))
            {
                await (gate ?? _consume).WaitAsync(_stop.Token);
                _frames.Enqueue(frame);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
        }
    });

    private Task AdvanceToNextAttemptAsync(int failed) => Eventually.IsTrueAsync(
        () =>
        {
            // Less than the shortest delay, so that no attempt is passed over.
            _time.Advance(TimeSpan.FromSeconds(0.2));
            return _reader.State.FailedAttempts > failed;
        },
        "the next attempt is made");
}
