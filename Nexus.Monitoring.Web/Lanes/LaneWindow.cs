using Nexus.Monitoring.Web.Formatting;
using Nexus.Monitoring.Web.Pages;

namespace Nexus.Monitoring.Web.Lanes;

/// <summary>How much of the past lanes show, as it stands in the address: <c>range=1h</c>.</summary>
internal static class LaneWindow
{
    private const int MostTicks = 9;

    /// <summary>Minutes from tick to tick.</summary>
    private static readonly int[] Steps = [1, 2, 5, 10, 15, 30, 60];

    public static IReadOnlyList<(string Value, string Text)> Choices { get; } = [("15m", "15 min"), ("1h", "1 h")];

    public static string Name(string? asked) => Choices.Any(choice => choice.Value == asked) ? asked! : Choices[0].Value;

    public static TimeSpan Length(string? asked) => Name(asked) == "1h" ? TimeSpan.FromHours(1) : TimeSpan.FromMinutes(15);

    public static string? InAddress(string name) => name == Choices[0].Value ? null : name;

    public static string AddressOf(string page, string? range, string? sort, string? project) => PageAddress.With(
        page, ("project", project), (TimeRange.Parameter, InAddress(Name(range))), ("sort", sort));

    /// <summary>Whole minutes on the axis, as a part of the width and in words.</summary>
    public static IEnumerable<(double Part, string Text)> Ticks(DateTimeOffset now, TimeSpan window, Times times)
    {
        var step = TimeSpan.FromMinutes(Steps.First(minutes => window.TotalMinutes / minutes <= MostTicks));
        var first = new DateTimeOffset((now - window).UtcTicks / step.Ticks * step.Ticks, TimeSpan.Zero) + step;
        for (var at = first; at < now; at += step)
        {
            // The last stretch belongs to the word "now".
            if ((1 - ((now - at) / window)) is var part and > 0.045 and < 0.9)
            {
                yield return (part, times.Minute(at));
            }
        }
    }
}
