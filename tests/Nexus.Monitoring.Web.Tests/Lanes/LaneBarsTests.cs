using Nexus.Monitoring.Web.Lanes;

namespace Nexus.Monitoring.Web.Tests.Lanes;

public sealed class LaneBarsTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Against a list, over several chunks; slices that were taken before stay what they were.</summary>
    [Fact]
    public void Slices_WhileOthersComeAndGo_StayWhatTheyWere()
    {
        var bars = new LaneBars();
        var model = new List<LaneBar>();
        var taken = new List<(LaneBars.Slice Slice, List<LaneBar> Expected)>();
        var random = new Random(3);
        for (var i = 0; i < 6_000; i++)
        {
            var bar = new LaneBar(i % 7, Start.AddSeconds(i), Start.AddSeconds(i + 1), "search", $"t{i}");
            bars.Add(bar);
            model.Add(bar);
            if (random.Next(3) == 0)
            {
                Assert.Equal(model[0], bars.Oldest);
                bars.DropOldest();
                model.RemoveAt(0);
            }

            if (i % 500 == 0 && model.Count > 0)
            {
                var skipped = random.Next(model.Count);
                taken.Add((bars.Without(skipped), model[skipped..]));
                Assert.Equal(skipped, bars.CountBefore(model[skipped].To));
            }
        }

        Assert.Equal(model.Count, bars.Count);
        Assert.All(taken, one => Assert.Equal(one.Expected, one.Slice));
        bars.Clear();
        Assert.Empty(bars.Without(0));
    }

    [Fact]
    public void Use_WorkInsideAndAcrossOther_CountsOnce()
    {
        var use = new LaneUse(Start, Start.AddSeconds(100));
        foreach (var (from, to) in new[] { (80, 100), (15, 60), (10, 20), (-50, 5) })
        {
            use.Add(new LaneBar(1, Start.AddSeconds(from), Start.AddSeconds(to), "search", null));
        }

        use.Add(new LaneBar(1, Start, Start.AddSeconds(100), null, null, 0, LaneMark.Silent));

        Assert.Equal(0.75, Assert.Single(use.ToParts()).Value, 6);
        Assert.Equal(["search"], use.Types);
    }
}
