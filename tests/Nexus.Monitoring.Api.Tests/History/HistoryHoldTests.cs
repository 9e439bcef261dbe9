using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Nexus.Monitoring.Api.History;
using Nexus.Monitoring.Api.History.Writing;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Api.Tests.Fixtures;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Tests.History;

/// <summary>What the log is told to keep for the history.</summary>
public sealed class HistoryHoldTests
{
    private static readonly LogPosition Stored = new(1_700_000_000_000, 7);

    private readonly FakeTimeProvider _time = new();
    private readonly MemoryLog _log = new();
    private readonly HistoryState _state;

    public HistoryHoldTests() => _state = new HistoryState(_time);

    [Fact]
    public async Task WhatIsStored_IsToldAgainAndAgain()
    {
        using var hold = await StartAsync("history.duckdb");
        await HoldsAsync(LogPosition.Start);

        _state.Advance(Stored);
        await HoldsAsync(Stored);

        _log.IsAway = true;
        _time.Advance(TimeSpan.FromSeconds(10));
        _log.IsAway = false;
        _state.Advance(Stored.Next());
        await HoldsAsync(Stored.Next());
        await hold.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task SomethingWrongForLong_HoldsNothing()
    {
        using var hold = await StartAsync("history.duckdb");
        await HoldsAsync(LogPosition.Start);

        _state.Advance(Stored);
        _state.SetProblem("The disk is full.");
        await HoldsAsync(Stored);
        _time.Advance(TimeSpan.FromMinutes(1));
        await Task.Delay(100, TestContext.Current.CancellationToken);
        _log.Held = null;
        for (var i = 0; i < 20; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        Assert.Null(_log.Held);
        _state.ClearProblem();
        await HoldsAsync(Stored);
        await hold.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task NoHistoryIsKept_HoldsNothing()
    {
        using var hold = await StartAsync("");

        await hold.ExecuteTask!.WaitAsync(Eventually.DefaultDeadline, TestContext.Current.CancellationToken);

        Assert.Null(_log.Held);
    }

    private async Task<HistoryHold> StartAsync(string path)
    {
        var hold = new HistoryHold(_log, _state, _time, Options.Create(new HistoryOptions { Path = path }));
        await hold.StartAsync(TestContext.Current.CancellationToken);
        return hold;
    }

    private Task HoldsAsync(LogPosition position) => Eventually.IsTrueAsync(
        () =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return _log.Held == position;
        },
        $"{position} is held");
}
