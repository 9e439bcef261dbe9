using System.Text;
using CsCheck;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Contracts.Tests.Log;

public sealed class LogPositionTests
{
    private static readonly Gen<LogPosition> Positions = Gen.Select(Gen.ULong, Gen.ULong, (ms, seq) => new LogPosition(ms, seq));

    [Fact]
    public void ToString_AnyPosition_RoundTrips() => Positions.Sample(position =>
    {
        Span<byte> utf8 = stackalloc byte[LogPosition.MaxLength];
        return LogPosition.Parse(position.ToString()) == position
            && position.TryFormat(utf8, out var written)
            && Encoding.ASCII.GetString(utf8[..written]) == position.ToString();
    });

    [Fact]
    public void CompareTo_OrdersByTimeThenSequence()
    {
        LogPosition[] ordered = [LogPosition.Start, new(1, 0), new(1, 5), new(2, 0), LogPosition.End];

        Assert.Equal(ordered, ordered.Reverse().Order());
        Assert.True(new LogPosition(1, 5) < new LogPosition(2, 0));
    }

    [Theory]
    [InlineData("1795435391750-3", 1795435391750, 3)]
    [InlineData("0-0", 0, 0)]
    [InlineData("5", 5, 0)]
    public void TryParse_Position_IsRead(string text, ulong milliseconds, ulong sequence)
    {
        Assert.True(LogPosition.TryParse(text, out var position));
        Assert.Equal(new LogPosition(milliseconds, sequence), position);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("1-")]
    [InlineData("-1")]
    [InlineData("1-2-3")]
    [InlineData(" 1-2")]
    [InlineData("+1-2")]
    [InlineData("18446744073709551616-0")]
    [InlineData("$")]
    public void TryParse_AnythingElse_IsRefused(string? text) => Assert.False(LogPosition.TryParse(text, out _));

    [Fact]
    public void TryFormat_TooSmall_SaysSo()
    {
        Assert.False(new LogPosition(12345, 6).TryFormat(new byte[5], out _));
        Assert.False(new LogPosition(12345, 67).TryFormat(new byte[7], out _));
    }

    [Fact]
    public void Time_IsTheLogsClock()
    {
        var time = new DateTimeOffset(2026, 11, 23, 12, 3, 11, 750, TimeSpan.Zero);

        Assert.Equal(time, LogPosition.At(time).Time);
        Assert.Equal(DateTimeOffset.MaxValue, LogPosition.End.Time);
    }
}
