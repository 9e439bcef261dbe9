using System.Text;
using CsCheck;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Contracts.Tests.Log;

public sealed class EntryIdTests
{
    private const ulong MostSequence = ulong.MaxValue / EntryEvents.Most;

    private static readonly Gen<EntryId> Id = Gen.Select(Gen.ULong, Gen.ULong[0, MostSequence], (ms, sequence) => new EntryId(ms, sequence));
    private static readonly Gen<int> Index = Gen.Int[0, EntryEvents.Most - 1];

    /// <summary>Positions are in the order of the entries and, within one, of its events; each leads back to its entry.</summary>
    [Fact]
    public void At_AnyTwoEvents_AreInOrderAndKnowTheirEntry() => Gen.Select(Id, Index, Id, Index).Sample((one, i, other, j) =>
    {
        var order = (one.Milliseconds, one.Sequence, i).CompareTo((other.Milliseconds, other.Sequence, j));

        Assert.Equal(Math.Sign(order), Math.Sign(one.At(i).CompareTo(other.At(j))));
        Assert.Equal(one, EntryId.Of(one.At(i)));
    });

    [Fact]
    public void Of_TimeOrEnd_IsAnIdThatRedisTakes()
    {
        Assert.Equal("1795435391750-0", EntryId.Of(LogPosition.At(DateTimeOffset.FromUnixTimeMilliseconds(1795435391750))).ToString());
        Assert.Equal($"{ulong.MaxValue}-{MostSequence}", EntryId.Of(LogPosition.End).ToString());
    }

    [Theory]
    [InlineData("1795435391750-3", "1795435391750-192")]
    [InlineData("7", "7-0")]
    [InlineData("1-288230376151711743", "1-18446744073709551552")]
    [InlineData("1-288230376151711744", "1-18446744073709551615")]
    [InlineData("1-18446744073709551615", "1-18446744073709551615")]
    [InlineData("1-", null)]
    [InlineData("", null)]
    public void TryParse_Text_IsTheFirstEventsPlaceOrNone(string text, string? first)
    {
        var isId = EntryId.TryParse(Encoding.UTF8.GetBytes(text), out var id);

        Assert.Equal(first, isId ? id.At(0).ToString() : null);
    }

    [Fact]
    public void Parse_WhatToStringWrote_IsTheSame() => Id.Sample(id => Assert.Equal(id, EntryId.Parse(id.ToString())));
}
