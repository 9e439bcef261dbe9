using Nexus.Monitoring.Api.History.Reading;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Tests.History;

public sealed class RecentRowsTests
{
    [Fact]
    public void Find_AfterMoreThanItHolds_HasWhatWasAskedForLast()
    {
        var rows = new RecentRows<string>();
        for (var i = 0; i < 5 * RecentRows<string>.Bound; i++)
        {
            rows.Remember(At(i), $"row {i}");
            Assert.Empty(rows.Find([At(0)], []));
        }

        var found = new Dictionary<LogPosition, string>();
        var others = rows.Find([At(0), At(1), At((5 * RecentRows<string>.Bound) - 1)], found);

        Assert.Equal([At(1)], others);
        Assert.Equal(["row 0", $"row {(5 * RecentRows<string>.Bound) - 1}"], found.Values.Order(StringComparer.Ordinal));
    }

    private static LogPosition At(int i) => new((ulong)i, 0);
}
