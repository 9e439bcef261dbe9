using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Web.Events;
using Nexus.Monitoring.Web.Pages;
using Nexus.Monitoring.Web.Sessions;
using Nexus.Monitoring.Web.Tasks;
using Nexus.Monitoring.Web.Trends;

namespace Nexus.Monitoring.Web.Tests.Sessions;

public sealed class SessionSelectionTests
{
    private static readonly DateTimeOffset End = new(2026, 11, 23, 12, 0, 3, 250, TimeSpan.Zero);
    private static readonly ImportedSession Session = new("0123", LogPosition.At(End));

    [Fact]
    public void Events_LastMinutes_AreThoseBeforeTheSessionEnds()
    {
        var selection = EventSelection.From(null, "status:failed", TimeRange.Read("15m", null, null)) with { Session = Session };

        var question = selection.ToQuestion().ToDictionary(pair => pair.Name, pair => pair.Value);

        Assert.Equal(("2026-11-23T11:45:03.25Z", "0123", "status:failed"), (question["from"], question["session"], question["q"]));
        Assert.False(selection.IsLive);
        Assert.Contains(("session", "0123"), selection.ToParameters());
    }

    [Fact]
    public void Tasks_OfASession_CarryItIntoAddressAndQuestion()
    {
        var selection = TaskSelection.From(null, null, null, null, null) with { Session = "0123" };

        Assert.Contains(("session", "0123"), selection.ToParameters());
        Assert.Contains(("session", "0123"), selection.ToQuestion());
        Assert.True(selection.IsAll);
    }

    [Fact]
    public void Trends_UpToNow_HoldTheLastEventOfTheSession()
    {
        var scope = new TrendScope { Range = TimeRange.Read("1h", null, null), Session = "0123" };

        var period = scope.At(End);

        Assert.True(period.To > End);
        Assert.EndsWith("&session=0123", scope.Question("api/stats/series", period), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/monitoring/events", true)]
    [InlineData("/monitoring/tasks/t1", true)]
    [InlineData("/monitoring/runs/r1", true)]
    [InlineData("/monitoring/trends", true)]
    [InlineData("/monitoring", false)]
    [InlineData("/monitoring/workers", false)]
    [InlineData("/monitoring/taskforce", false)]
    public void IsShownBy_Page_IsThatOfEventsTasksRunsAndTrends(string path, bool isShown) => Assert.Equal(isShown, SessionView.IsShownBy(path));
}
