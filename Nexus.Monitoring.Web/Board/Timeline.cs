using Nexus.Monitoring.Contracts.State;

namespace Nexus.Monitoring.Web.Board;

/// <summary>
/// The last quarter of an hour without holes: one entry per interval, null where nothing happened. Levels (depths, workers)
/// hold until they change; before anything was known they are not known.
/// </summary>
internal sealed class Timeline
{
    private readonly SeriesBucket?[] _buckets = new SeriesBucket?[LiveSeries.Capacity];

    public Timeline(LiveSeries series, DateTimeOffset now)
    {
        End = LiveSeries.StartOf(now);
        Start = End - (LiveSeries.Resolution * (LiveSeries.Capacity - 1));
        foreach (var bucket in series.Buckets)
        {
            var index = (bucket.Start - Start) / LiveSeries.Resolution;
            if (index is >= 0 and < LiveSeries.Capacity)
            {
                _buckets[(int)index] = bucket;
            }
        }
    }

    /// <summary>When the first interval begins.</summary>
    public DateTimeOffset Start { get; }

    /// <summary>When the last, unfinished interval begins.</summary>
    public DateTimeOffset End { get; }

    public int Count => _buckets.Length;

    public SeriesBucket? this[int index] => _buckets[index];

    public DateTimeOffset TimeOf(int index) => Start + (LiveSeries.Resolution * index);

    /// <summary>A level per interval; NaN before the first known one.</summary>
    public float[] Levels(Func<SeriesBucket, double?> read)
    {
        var values = new float[Count];
        var last = float.NaN;
        for (var i = 0; i < Count; i++)
        {
            last = _buckets[i] is { } bucket && read(bucket) is { } value ? (float)value : last;
            values[i] = last;
        }

        return values;
    }

    /// <summary>A sum over the last <paramref name="window"/> intervals up to each; NaN before anything was known.</summary>
    public float[] Sums(Func<SeriesBucket, double> read, int window)
    {
        var values = new float[Count];
        var sum = 0d;
        var isKnown = false;
        for (var i = 0; i < Count; i++)
        {
            sum += _buckets[i] is { } added ? read(added) : 0;
            sum -= i >= window && _buckets[i - window] is { } removed ? read(removed) : 0;
            isKnown |= _buckets[i] is not null;
            values[i] = isKnown ? (float)sum : float.NaN;
        }

        return values;
    }
}
