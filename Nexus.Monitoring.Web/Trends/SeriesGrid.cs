using Nexus.Monitoring.Contracts.History;

namespace Nexus.Monitoring.Web.Trends;

/// <summary>
/// Every bucket of a period, also those that an answer leaves out because nothing happened in them. The first and the last are covered by
/// the period only in part, which rates have to know.
/// </summary>
internal sealed class SeriesGrid
{
    private readonly Dictionary<DateTimeOffset, int> _places = [];

    public SeriesGrid(SeriesAnswer answer, TrendPeriod period)
    {
        Step = TimeSpan.FromMilliseconds(answer.BucketMs);
        var times = new List<DateTimeOffset>();
        for (var at = answer.From; at < period.To; at += Step)
        {
            _places[at] = times.Count;
            times.Add(at);
        }

        Times = times;
        Covered = [.. times.Select(at => (Min(at + Step, period.To) - Max(at, period.From)).TotalSeconds)];
    }

    public TimeSpan Step { get; }

    public IReadOnlyList<DateTimeOffset> Times { get; }

    /// <summary>Seconds of each bucket that lie in the period.</summary>
    public IReadOnlyList<double> Covered { get; }

    public int? Place(DateTimeOffset at) => _places.TryGetValue(at, out var place) ? place : null;

    /// <summary>Values of one line, <paramref name="otherwise"/> where it has no point.</summary>
    public float[] Values(SeriesLine line, Func<SeriesPoint, double?> read, float otherwise)
    {
        var values = new float[Times.Count];
        Array.Fill(values, otherwise);
        foreach (var point in line.Points)
        {
            if (Place(point.At) is { } place && read(point) is { } value)
            {
                values[place] = (float)value;
            }
        }

        return values;
    }

    /// <summary>Counts as so many in <paramref name="unit"/>; a bucket that has hardly begun has no rate yet.</summary>
    public float[] Rates(float[] counts, TimeSpan unit)
    {
        var least = Step.TotalSeconds / 10;
        return [.. counts.Select((count, i) => Covered[i] < least ? float.NaN : (float)(count * unit.TotalSeconds / Covered[i]))];
    }

    private static DateTimeOffset Min(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private static DateTimeOffset Max(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
