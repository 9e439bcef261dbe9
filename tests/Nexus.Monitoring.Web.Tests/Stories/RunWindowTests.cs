using Nexus.Monitoring.Web.Stories;

namespace Nexus.Monitoring.Web.Tests.Stories;

public sealed class RunWindowTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Now = Start.AddMinutes(20);

    [Theory]
    [InlineData(null, 0, 1200)]
    [InlineData("5", 900, 1200)]
    [InlineData("90s", 1110, 1200)]
    [InlineData("60", 0, 1200)]
    [InlineData("20261123T120500.000Z-20261123T120630.500Z", 300, 390.5)]
    [InlineData("20261123T121900.000Z-20261123T123000.000Z", 1140, 1200)]
    [InlineData("20261123T130000.000Z-20261123T140000.000Z", 0, 1200)]
    [InlineData("20261123T120630.500Z-20261123T120500.000Z", 0, 1200)]
    [InlineData("-5", 0, 1200)]
    [InlineData("nonsense", 0, 1200)]
    public void Over_WordOfAnAddress_IsThatStretchOfTheRun(string? text, double from, double to) =>
        Assert.Equal(new TimeScale(Start.AddSeconds(from), Start.AddSeconds(to)), RunWindow.Read(text).Over(Start, Now));

    [Theory]
    [InlineData(0, 1200, true, null)]
    [InlineData(2, 1199, true, null)]
    [InlineData(300, 390.5, true, "20261123T120500.000Z-20261123T120630.500Z")]
    [InlineData(1080, 1199, true, "2")]
    [InlineData(1110, 1200, true, "90s")]
    [InlineData(1110, 1200, false, "20261123T121830.000Z-20261123T122000.000Z")]
    public void Choose_OnAChart_IsAWordThatMeansTheSame(double from, double to, bool isOpen, string? text)
    {
        var chosen = RunWindow.Choose(Start.AddSeconds(from), Start.AddSeconds(to), Start, Now, isOpen);

        Assert.Equal(text, chosen.ToString());
        Assert.Equal(chosen, RunWindow.Read(text));
    }

    [Fact]
    public void Following_OfAWindowThatStandsStill_KeepsItsLength()
    {
        var stands = RunWindow.Read("20261123T120500.000Z-20261123T120630.500Z");

        Assert.True(stands.IsFixed);
        Assert.Equal(TimeSpan.FromSeconds(90), stands.Following().Last);
    }

    [Fact]
    public void Over_RunThatJustBegan_HasRoomToBeDrawnOn() =>
        Assert.Equal(new TimeScale(Start, Start.AddSeconds(5)), RunWindow.Whole.Over(Start, Start.AddSeconds(1)));
}
