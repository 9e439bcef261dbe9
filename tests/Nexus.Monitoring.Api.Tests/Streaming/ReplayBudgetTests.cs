using System.Globalization;
using System.Net;
using Microsoft.Extensions.Time.Testing;
using Nexus.Monitoring.Api.Streaming;

namespace Nexus.Monitoring.Api.Tests.Streaming;

public sealed class ReplayBudgetTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Take_MoreStreamsOfOneClient_WaitForOneAnother()
    {
        var budgets = new ReplayBudgets(100, _time);
        var client = ReplayBudgets.ClientOf(IPAddress.Parse("192.0.2.1"));

        Assert.Equal(TimeSpan.FromSeconds(1), budgets.Of(client).Take(100));
        Assert.Equal(TimeSpan.FromSeconds(2), budgets.Of(client).Take(100));
        Assert.Equal(TimeSpan.FromSeconds(1), budgets.Of(ReplayBudgets.ClientOf(IPAddress.Parse("192.0.2.2"))).Take(100));
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(TimeSpan.FromSeconds(0.5), budgets.Of(client).Take(50));
    }

    [Theory]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1", true)]
    public void ClientOf_Addresses_AreOneClientWhereOneHasThemAll(string one, string other, bool isOne) =>
        Assert.Equal(isOne, ReplayBudgets.ClientOf(IPAddress.Parse(one)) == ReplayBudgets.ClientOf(IPAddress.Parse(other)));

    [Fact]
    public void Of_MoreClientsThanAreRemembered_ShareOneUntilOthersAreDone()
    {
        var budgets = new ReplayBudgets(100, _time);
        for (var i = 0; i < ReplayBudgets.MaxClients; i++)
        {
            budgets.Of(i.ToString(CultureInfo.InvariantCulture)).Take(100);
        }

        Assert.Same(budgets.Of("one more"), budgets.Of("another"));
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.NotSame(budgets.Of("one more"), budgets.Of("another"));
    }

    [Fact]
    public void Of_NobodyKnown_HasItsOwn()
    {
        var budgets = new ReplayBudgets(100, _time);

        Assert.NotSame(budgets.Of(null), budgets.Of(ReplayBudgets.ClientOf(null)));
    }
}
