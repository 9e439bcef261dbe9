using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Testing.Delivery;

namespace Nexus.IntegrationTests.Delivery;

/// <summary>The judge of all other tests: it must let pass what the protocol allows, and see each thing that it forbids.</summary>
public sealed class DeliveryJudgeTests
{
    private readonly DeliveryLedger _ledger = new();
    private readonly ReaderJournal _reader = new("reader", EventFilter.All, hasIntervals: true);

    public DeliveryJudgeTests()
    {
        for (var number = 1; number <= 9; number++)
        {
            _ledger.Publish(Event(number));
            _ledger.Acknowledge($"e{number}", At(number));
        }
    }

    [Fact]
    public void Judge_EverythingInOrder_FindsNothing()
    {
        Take(Interval(0, 0), Interval(0, 4, 1, 2, 3, 4), new PingFrame { Cursor = At(4) }, Interval(4, 9, 5, 6, 7, 8, 9));

        Assert.Empty(Judge());
    }

    [Fact]
    public void Judge_GapNamesWhatIsMissing_FindsNothing()
    {
        Take(Interval(0, 2, 1, 2), Gap(2, 5), Interval(5, 9, 6, 7, 8, 9));

        Assert.Empty(Judge());
    }

    [Fact]
    public void Judge_BeganLater_MissesOnlyWhatCameAfterwards()
    {
        Take(Interval(5, 5), Interval(5, 9, 6, 7, 8, 9));

        Assert.Empty(Judge());
    }

    [Fact]
    public void Judge_CameBackWithItsCursor_FindsNothing()
    {
        _reader.Connect(null);
        Take(Interval(0, 3, 1, 2, 3));
        _reader.Connect(At(3));
        Take(Interval(3, 9, 4, 5, 6, 7, 8, 9), new ResumedFrame { After = At(3), Replayed = 6 });

        Assert.Empty(Judge());
    }

    [Fact]
    public void Judge_LogLostItsData_ForgivesWhatTheGapNames()
    {
        Take(Interval(0, 2, 1, 2), Gap(2, 6, GapReasons.LogReset), Interval(6, 9, 7, 8, 9));

        Assert.Empty(Judge());
    }

    [Fact]
    public void Judge_LogLostItsData_ForgivesNothingElse()
    {
        Take(Interval(0, 2, 1, 2), Gap(2, 2, GapReasons.LogReset), Interval(2, 9, 7, 8, 9));

        Finds(BreachKind.Lost, "e3");
    }

    [Fact]
    public void Judge_EventMissingInAnInterval_IsLost()
    {
        Take(Interval(0, 9, 1, 2, 3, 4, 6, 7, 8, 9));

        Finds(BreachKind.Lost, "e5");
    }

    [Fact]
    public void Judge_EndMissing_IsLost()
    {
        Take(Interval(0, 8, 1, 2, 3, 4, 5, 6, 7, 8));

        Finds(BreachKind.Lost, "e9");
    }

    [Fact]
    public void Judge_GapTooShort_LeavesALoss()
    {
        Take(Interval(0, 2, 1, 2), Gap(2, 4), Interval(4, 9, 6, 7, 8, 9));

        Finds(BreachKind.Lost, "e5");
    }

    [Fact]
    public void Judge_AcknowledgedWithoutAPosition_MustArriveToo()
    {
        _ledger.Publish(Event(10));
        _ledger.Acknowledge("e10", null);
        Take(Interval(0, 10, 1, 2, 3, 4, 5, 6, 7, 8, 9));

        Finds(BreachKind.Lost, "e10");
    }

    [Fact]
    public void Judge_EventTwice_IsADuplicate()
    {
        Take(Interval(0, 9, 1, 2, 3, 4, 5, 6, 7, 8, 9), Interval(9, 10));
        _reader.Take(new EventsFrame { After = At(10), Upto = At(11), Events = [Event(5) with { Cursor = "11-0" }] });

        Finds(BreachKind.Duplicate, "e5");
    }

    [Fact]
    public void Judge_OrderWithinAnInterval_IsNoticed()
    {
        Take(Interval(0, 9, 1, 2, 4, 3, 5, 6, 7, 8, 9));

        Finds(BreachKind.Backwards, "3-0");
    }

    [Fact]
    public void Judge_EventAfterAPingThatCountedIt_IsNoticed()
    {
        Take(Interval(0, 4, 1, 2, 3, 4), new PingFrame { Cursor = At(6) }, Interval(4, 9, 5, 6, 7, 8, 9));

        Finds(BreachKind.Backwards, "5-0");
    }

    [Fact]
    public void Judge_PingBehindTheStream_IsNoticed()
    {
        Take(Interval(0, 9, 1, 2, 3, 4, 5, 6, 7, 8, 9), new PingFrame { Cursor = At(7) });

        Finds(BreachKind.Backwards, "7-0");
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    public void Judge_IntervalThatDoesNotFollow_BreaksTheChain(int after)
    {
        Take(Interval(0, 4, 1, 2, 3, 4), Interval(after, 9, 5, 6, 7, 8, 9));

        Finds(BreachKind.ChainBroken, "4-0");
    }

    [Fact]
    public void Judge_GapThatDoesNotFollow_BreaksTheChain()
    {
        Take(Interval(0, 4, 1, 2, 3, 4), Gap(5, 6), Interval(6, 9, 7, 8, 9));

        Finds(BreachKind.ChainBroken, "5-0");
    }

    [Fact]
    public void Judge_EventOutsideItsInterval_BreaksTheChain()
    {
        Take(Interval(0, 8, 1, 2, 3, 4, 5, 6, 7, 8, 9));

        Finds(BreachKind.ChainBroken, "9-0");
    }

    [Fact]
    public void Judge_ResumedSomewhereElse_BreaksTheChain()
    {
        _reader.Connect(null);
        Take(Interval(0, 3, 1, 2, 3));
        _reader.Connect(At(3));
        Take(new ResumedFrame { After = At(2), Replayed = 6 }, Interval(3, 9, 4, 5, 6, 7, 8, 9));

        Finds(BreachKind.ChainBroken, "resumed after 2-0");
    }

    [Fact]
    public void Judge_TwoReadersWithTwoOrders_Disagree()
    {
        var other = new ReaderJournal("other", EventFilter.All, hasIntervals: true);
        Take(Interval(0, 9, 1, 2, 3, 4, 5, 6, 7, 8, 9));
        other.Take(new EventsFrame
        {
            After = At(0),
            Upto = At(9),
            Events = [.. new[] { 2, 1, 3, 4, 5, 6, 7, 8, 9 }.Select((number, index) => Event(number) with { Cursor = $"{index + 1}-0" })],
        });

        Assert.Contains(DeliveryJudge.Judge(_ledger, _reader, other), breach => breach.Kind == BreachKind.Disagreement && breach.Reader == "other");
    }

    [Fact]
    public void Judge_OtherPositionThanTheProducerWasTold_Disagrees()
    {
        Take(Interval(0, 8, 1, 2, 3, 4, 5, 6, 7, 8));
        _reader.Take(new EventsFrame { After = At(8), Upto = At(10), Events = [Event(9) with { Cursor = "10-0" }] });

        Finds(BreachKind.Disagreement, "e9");
    }

    [Fact]
    public void Judge_EventThatNobodyPublished_IsInvented()
    {
        Take(Interval(0, 9, 1, 2, 3, 4, 5, 6, 7, 8, 9), Interval(9, 12, 12));

        Finds(BreachKind.Invented, "e12");
    }

    [Fact]
    public void Judge_EventThatTheFilterExcludes_IsNotAsked()
    {
        var filtered = Filtered("even");
        filtered.Take(Interval(0, 9, 2, 3, 4, 6, 8));

        Assert.Contains(DeliveryJudge.Judge(_ledger, filtered), breach => breach.Kind == BreachKind.NotAsked && breach.What.Contains("e3", StringComparison.Ordinal));
    }

    [Fact]
    public void Judge_FilteredReader_IsAskedForItsEventsOnly()
    {
        var complete = Filtered("even");
        complete.Take(Interval(0, 9, 2, 4, 6, 8));
        Assert.Empty(DeliveryJudge.Judge(_ledger, complete));

        var incomplete = Filtered("even");
        incomplete.Take(Interval(0, 9, 2, 6, 8));
        var breach = Assert.Single(DeliveryJudge.Judge(_ledger, incomplete));
        Assert.Equal(BreachKind.Lost, breach.Kind);
    }

    [Fact]
    public void Judge_StreamOfSingleEvents_IsHeldToOrderAndCompleteness()
    {
        var single = new ReaderJournal("single", EventFilter.All, hasIntervals: false);
        single.Connect(At(0));
        foreach (var number in new[] { 1, 2, 3, 5, 4, 6, 7, 9 })
        {
            single.Take(Event(number));
        }

        var kinds = DeliveryJudge.Judge(_ledger, single).Select(breach => breach.Kind);

        Assert.Equal([BreachKind.Backwards, BreachKind.Lost], kinds);
    }

    private static LogPosition At(int number) => new((ulong)number, 0);

    private static MonitoringEvent Event(int number) => new()
    {
        EventId = $"e{number}",
        Timestamp = DateTimeOffset.UnixEpoch,
        EventType = EventTypes.TaskCompleted,
        ProjectId = number % 2 == 0 ? "even" : "odd",
        Cursor = At(number).ToString(),
    };

    private static EventsFrame Interval(int after, int upto, params int[] events) =>
        new() { After = At(after), Upto = At(upto), Events = [.. events.Select(Event)] };

    private static GapFrame Gap(int after, int upto, string reason = GapReasons.Retention) =>
        new() { After = At(after), Upto = At(upto), Reason = reason };

    private static ReaderJournal Filtered(string project) =>
        FilterParser.TryCreate([project], null, null, false, out var filter, out _) ? new(project, filter, hasIntervals: true) : throw new InvalidOperationException();

    private void Take(params StreamFrame[] frames)
    {
        foreach (var frame in frames)
        {
            _reader.Take(frame);
        }
    }

    private IReadOnlyList<Breach> Judge() => DeliveryJudge.Judge(_ledger, _reader);

    private void Finds(BreachKind kind, string what) =>
        Assert.Contains(Judge(), breach => breach.Kind == kind && breach.What.Contains(what, StringComparison.Ordinal));
}
