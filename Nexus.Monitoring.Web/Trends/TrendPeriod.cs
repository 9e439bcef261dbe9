namespace Nexus.Monitoring.Web.Trends;

public readonly record struct TrendPeriod(DateTimeOffset From, DateTimeOffset To)
{
    public TimeSpan Length => To - From;

    /// <summary>The one to compare with: just before, or the same hours of another day.</summary>
    /// <param name="before"><c>day</c>, <c>week</c>; anything else means just before.</param>
    public TrendPeriod Before(string? before)
    {
        var shift = before switch
        {
            "day" => TimeSpan.FromDays(1),
            "week" => TimeSpan.FromDays(7),
            _ => Length,
        };
        return new TrendPeriod(From - shift, To - shift);
    }

    /// <summary>Moved by a part of its length, or that much wider on both sides together.</summary>
    public TrendPeriod Move(double part) => new(From + (Length * part), To + (Length * part));

    public TrendPeriod Zoom(double factor)
    {
        var (middle, half) = (From + (Length / 2), Length * factor / 2);
        return new TrendPeriod(middle - half, middle + half);
    }
}
