using System.Globalization;
using Nexus.Monitoring.Contracts.Stories;
using Nexus.Monitoring.Web.Formatting;

namespace Nexus.Monitoring.Web.Stories;

/// <summary>A stretch of time laid over a width. Places are in percent of it.</summary>
public sealed record TimeScale(DateTimeOffset From, DateTimeOffset To)
{
    private static readonly int[] Steps =
        [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800];

    public TimeSpan Span => To - From;

    /// <summary>Of a run, from its beginning or from that many minutes ago, with room for what stands behind the bars.</summary>
    public static TimeScale OfRun(RunStory story, string? minutes, DateTimeOffset now)
    {
        var start = story.StartedAt ?? story.FirstAt ?? now;
        var from = int.TryParse(minutes, NumberStyles.None, CultureInfo.InvariantCulture, out var window) && window is > 0 and < 100_000
            ? now - TimeSpan.FromMinutes(window) : start;
        from = from < start ? start : from;
        var span = now - from < TimeSpan.FromSeconds(5) ? TimeSpan.FromSeconds(5) : now - from;
        return new TimeScale(from, from + (span * 1.12));
    }

    public bool Shows(DateTimeOffset from, DateTimeOffset to) => from <= To && to >= From;

    public double At(DateTimeOffset time) => Math.Clamp((time - From) / Span * 100, 0, 100);

    public static string Percent(double place) => string.Create(CultureInfo.InvariantCulture, $"{place:0.###}%");

    /// <summary><c>left:12.5%;width:3%</c> of the visible part.</summary>
    public string Box(DateTimeOffset from, DateTimeOffset to)
    {
        var left = At(from);
        return $"left:{Percent(left)};width:{Percent(Math.Max(0, At(to) - left))}";
    }

    /// <summary>At most <paramref name="most"/> marks at round times.</summary>
    public IReadOnlyList<(double Place, string Text)> Ticks(int most, Times times)
    {
        var step = Array.Find(Steps, seconds => Span.TotalSeconds / seconds <= most) is > 0 and var fitting ? fitting : Steps[^1];
        var ticks = new List<(double, string)>();
        var first = From.ToUnixTimeSeconds() / step * step;
        for (var at = DateTimeOffset.FromUnixTimeSeconds(first < From.ToUnixTimeSeconds() ? first + step : first); at <= To; at = at.AddSeconds(step))
        {
            ticks.Add((At(at), step < 60 ? times.Clock(at) : times.Minute(at)));
        }

        return ticks;
    }
}
