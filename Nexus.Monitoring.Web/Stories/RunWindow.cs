using System.Globalization;
using Nexus.Monitoring.Contracts.Stories;

namespace Nexus.Monitoring.Web.Stories;

/// <summary>
/// The part of a run that its waterfall shows, as in an address: all of it, its last 15 minutes (<c>15</c>) or 90 seconds (<c>90s</c>), or from one
/// instant to another (<c>20261123T115730.000Z-20261123T120211.500Z</c>).
/// </summary>
public readonly record struct RunWindow
{
    private const string Format = "yyyyMMdd'T'HHmmss.fff'Z'";

    /// <summary>A chosen end this close to now follows it.</summary>
    private const double NearNow = 0.005;

    private static readonly TimeSpan Longest = TimeSpan.FromDays(60);
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);

    /// <summary>What a run that has just begun is drawn on.</summary>
    private static readonly TimeSpan ShortestRun = TimeSpan.FromSeconds(5);

    public static RunWindow Whole { get; }

    /// <summary>Up to now, and on with it; null for other windows.</summary>
    public TimeSpan? Last { get; private init; }

    /// <summary>Where a window that stands still begins; null for other windows.</summary>
    public DateTimeOffset? From { get; private init; }

    private DateTimeOffset To { get; init; }

    /// <summary>Whether it stands still while the run goes on.</summary>
    public bool IsFixed => From is not null;

    /// <summary>What cannot be read is the whole run.</summary>
    public static RunWindow Read(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return Whole;
        }

        var isSeconds = text.EndsWith('s');
        if (int.TryParse(isSeconds ? text[..^1] : text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0)
        {
            var last = isSeconds ? TimeSpan.FromSeconds(count) : TimeSpan.FromMinutes(Math.Min(count, (int)Longest.TotalMinutes));
            return new RunWindow { Last = last < Longest ? last : Longest };
        }

        return text.Split('-') is [var first, var second] && Time(first) is { } from && Time(second) is { } to && to - from >= Shortest
            ? new RunWindow { From = from, To = to }
            : Whole;
    }

    /// <summary>What somebody chose on a chart of the run from <paramref name="start"/> to <paramref name="now"/>.</summary>
    public static RunWindow Choose(DateTimeOffset from, DateTimeOffset to, DateTimeOffset start, DateTimeOffset now, bool isOpen)
    {
        var margin = (now - start) * NearNow;
        var (isAtStart, isAtNow) = (from <= start + margin, to >= now - margin);
        if (isAtStart && isAtNow)
        {
            return Whole;
        }

        var length = to - from < Shortest ? Shortest : to - from;
        return isAtNow && isOpen && length.TotalSeconds >= 1
            ? new RunWindow { Last = TimeSpan.FromSeconds(Math.Round((now - from).TotalSeconds)) }
            : new RunWindow { From = from, To = from + length };
    }

    /// <summary>The stretch of time that it is, of a run from <paramref name="start"/> to <paramref name="now"/>.</summary>
    public TimeScale Over(DateTimeOffset start, DateTimeOffset now)
    {
        var end = now - start < ShortestRun ? start + ShortestRun : now;
        if (Last is { } last)
        {
            return new TimeScale(end - last < start ? start : end - last, end);
        }

        return From is { } from && from < end && To > start
            ? new TimeScale(from < start ? start : from, To > end ? end : To)
            : new TimeScale(start, end);
    }

    /// <summary>The same of a run as its events tell it.</summary>
    public TimeScale Over(RunStory story, DateTimeOffset now) => Over(StartOf(story, now), now);

    /// <summary>When the run began, as far as anything is known of it.</summary>
    public static DateTimeOffset StartOf(RunStory story, DateTimeOffset now) => story.StartedAt ?? story.FirstAt ?? now;

    /// <summary>The same length, up to now.</summary>
    public RunWindow Following() => From is { } from ? new RunWindow { Last = TimeSpan.FromSeconds(Math.Max(1, Math.Round((To - from).TotalSeconds))) } : this;

    /// <summary>As in an address; null for the whole run.</summary>
    public override string? ToString() => this switch
    {
        { Last: { } last } => last.TotalSeconds % 60 == 0
            ? last.TotalMinutes.ToString("0", CultureInfo.InvariantCulture)
            : last.TotalSeconds.ToString("0's'", CultureInfo.InvariantCulture),
        { From: { } from } => $"{Text(from)}-{Text(To)}",
        _ => null,
    };

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    private static DateTimeOffset? Time(string text) =>
        DateTimeOffset.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
