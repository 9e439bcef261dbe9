using Nexus.Monitoring.Api.Log;

namespace Nexus.Monitoring.Api.Tests.Log;

public sealed class EntryDensityTests
{
    private readonly EntryDensity _density = new();

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(1, 501, 501)]
    [InlineData(64, 1, 1)]
    [InlineData(64, 2, 2)]
    [InlineData(64, 501, 9)]
    [InlineData(10, 501, 51)]
    public void EntriesFor_WhatWasSeen_HoldThatManyThoughTheFirstMayHoldNone(int eventsPerEntry, int events, int entries)
    {
        _density.Learn(20, 20 * eventsPerEntry);

        Assert.Equal(entries, _density.EntriesFor(events));
    }

    [Fact]
    public void EntriesFor_BeforeAnythingWasSeen_IsBoundedByWhatTheyMayHold() => Assert.Equal(1_000, _density.EntriesFor(8_001));

    [Fact]
    public void Learn_NoEntryOrNoEvent_KeepsItAbove0()
    {
        _density.Learn(0, 0);
        _density.Learn(5, 0);

        Assert.Equal(5, _density.EntriesFor(5));
    }
}
