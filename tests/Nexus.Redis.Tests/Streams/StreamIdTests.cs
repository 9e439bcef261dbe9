using System.Text;
using Nexus.Redis.Streams;

namespace Nexus.Redis.Tests.Streams;

public sealed class StreamIdTests
{
    [Theory]
    [InlineData("0-0", 0, 0)]
    [InlineData("5", 5, 9)]
    [InlineData("1795459496317-12", 1795459496317, 12)]
    [InlineData("18446744073709551615-18446744073709551615", ulong.MaxValue, ulong.MaxValue)]
    public void TryParse_WhatRedisWrites_IsRead(string text, ulong milliseconds, ulong sequence)
    {
        Assert.True(StreamIdText.TryParse(Encoding.ASCII.GetBytes(text), 9, out var id));
        Assert.Equal(new StreamId(milliseconds, sequence), id);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("1-")]
    [InlineData("-1")]
    [InlineData("1-2-3")]
    [InlineData("x")]
    [InlineData("1 ")]
    [InlineData("18446744073709551616")]
    public void TryParse_AnythingElse_IsRefused(string text)
    {
        Assert.False(StreamIdText.TryParse(Encoding.ASCII.GetBytes(text), 0, out _));
    }

    [Fact]
    public void NextAndPrevious_AtTheEndOfASequence_CarryOver()
    {
        var end = new StreamId(7, ulong.MaxValue);

        Assert.Equal(new StreamId(8, 0), end.Next());
        Assert.Equal(end, end.Next().Previous());
        Assert.True(end < end.Next());
    }

    [Fact]
    public void Format_LongestId_FitsAndReadsBack()
    {
        var text = new byte[StreamId.MaxTextLength];

        Assert.Equal(StreamId.MaxTextLength, StreamId.Max.Format(text));
        Assert.True(StreamIdText.TryParse(text, 0, out var id));
        Assert.Equal(StreamId.Max, id);
    }
}
