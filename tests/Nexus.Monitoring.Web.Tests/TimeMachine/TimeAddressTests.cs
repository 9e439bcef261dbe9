using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Web.TimeMachine;

namespace Nexus.Monitoring.Web.Tests.TimeMachine;

public sealed class TimeAddressTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("2026-11-23T11:59:00Z")]
    [InlineData("2026-11-23T11:59")]
    [InlineData("2026-11-23T12:59:00+01:00")]
    [InlineData("-1m")]
    [InlineData("now-60s")]
    public void Parse_Times_AreThatMoment(string text) => Assert.Equal(new TimeAddress(Now.AddMinutes(-1)), TimeAddress.Parse(text, Now));

    [Fact]
    public void Parse_Cursor_IsItsEvent() =>
        Assert.Equal(TimeAddress.Of(new LogPosition(1795435391750, 3)), TimeAddress.Parse("1795435391750-3", Now));

    [Fact]
    public void Parse_WhatItWrote_IsTheSame()
    {
        foreach (var address in new[] { new TimeAddress(Now.AddMilliseconds(-7)), TimeAddress.Of(new LogPosition(1795435391750, 3)) })
        {
            Assert.Equal(address, TimeAddress.Parse(address.ToString(), Now));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("12")]
    [InlineData("11/23/2026")]
    public void Parse_Other_IsNone(string? text) => Assert.Null(TimeAddress.Parse(text, Now));
}
