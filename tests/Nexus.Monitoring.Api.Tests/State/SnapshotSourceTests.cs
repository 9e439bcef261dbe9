using Microsoft.Extensions.Options;
using Nexus.Monitoring.Api.State;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Api.Tests.Fixtures;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Tests.State;

/// <summary>Where a stream begins that has no cursor, on a node whose ring holds four events.</summary>
public sealed class SnapshotSourceTests
{
    private static readonly DateTimeOffset Begin = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    private readonly LogFeed _feed = new(Options.Create(new MonitoringApiOptions { RingEvents = 4 }), TimeProvider.System);
    private readonly LiveStateView _view = new();
    private readonly SnapshotSource _snapshots;

    public SnapshotSourceTests() => _snapshots = new SnapshotSource(_view, _feed, TimeProvider.System);

    [Fact]
    public void Create_StateIsAFewEventsBehind_BeginsWhereTheStateEnds()
    {
        Append(10);
        Fold(6);
        _view.SetReady();

        var snapshot = Read();

        Assert.Equal(At(6), snapshot.Position);
        Assert.True(snapshot.Event.Timestamp > Begin.AddDays(1), $"{snapshot.Event.Timestamp} is not now");
    }

    [Fact]
    public void Create_StateIsBehindTheRing_BeginsAtTheHeadAndSaysHowOldItIs()
    {
        Append(10);
        Fold(5);
        _view.SetReady();

        var snapshot = Read();

        Assert.Equal((At(10), Begin.AddMilliseconds(5)), (snapshot.Position, snapshot.Event.Timestamp));
    }

    [Fact]
    public void Create_LogIsStillRead_BeginsAtTheHead()
    {
        Append(10);
        Fold(7);

        Assert.Equal(At(10), Read().Position);
    }

    [Fact]
    public void Create_NothingIsFoldedAfterTheLogBeganAnew_BeginsWhereItDoes()
    {
        Append(10);
        _view.SetReady();
        _feed.Restart(At(12), Contracts.Frames.GapReasons.LogReset);

        Assert.Equal(At(12), Read().Position);
    }

    private static LogPosition At(int milliseconds) => LogPosition.At(Begin.AddMilliseconds(milliseconds));

    private static MonitoringEvent Event(int number) => Sample.Event() with { EventId = $"event-{number}" };

    private void Append(int count)
    {
        var encoder = new EntryEncoder();
        _feed.Append([.. Enumerable.Range(1, count).Select(number =>
            encoder.Encode(EventJson.ToUtf8(Event(number)), At(number), EventKeys.Of(Event(number))))]);
    }

    private void Fold(int count) => _view.Write(state =>
    {
        for (var number = 1; number <= count; number++)
        {
            state.Apply(Event(number), At(number));
        }
    });

    private (LogPosition Position, MonitoringEvent Event) Read()
    {
        var entry = _snapshots.Create();
        Assert.True(EventJson.TryRead(entry.Json.Span, out var read, out var problem), problem);
        return (entry.Position, read);
    }
}
