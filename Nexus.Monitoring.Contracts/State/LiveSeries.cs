using System.Text.Json.Serialization;

namespace Nexus.Monitoring.Contracts.State;

/// <summary>The last quarter of an hour in buckets of five seconds, by the log's clock. Intervals without an event have no bucket.</summary>
public sealed class LiveSeries
{
    /// <summary>Length of a bucket.</summary>
    public static TimeSpan Resolution { get; } = TimeSpan.FromSeconds(5);

    /// <summary>Most buckets kept.</summary>
    public const int Capacity = 180;

    private Queue<SeriesBucket> _buckets = [];
    private Queue<SeriesBucket> _spares = [];
    private SeriesBucket? _newest;

    /// <summary>The buckets from the oldest on.</summary>
    [JsonInclude]
    public IReadOnlyCollection<SeriesBucket> Buckets
    {
        get => _buckets;
        internal set
        {
            foreach (var bucket in value.TakeLast(Capacity))
            {
                _buckets.Enqueue(_newest = bucket);
            }
        }
    }

    /// <summary>The bucket that covers <paramref name="at"/>, or the newest one when that is later already.</summary>
    internal SeriesBucket At(DateTimeOffset at)
    {
        var start = StartOf(at);
        if (_newest is not null && start <= _newest.Start)
        {
            return _newest;
        }

        var oldest = start - (Resolution * (Capacity - 1));
        while (_buckets.TryPeek(out var first) && (first.Start < oldest || _buckets.Count >= Capacity))
        {
            _spares.Enqueue(_buckets.Dequeue());
        }

        if (!_spares.TryDequeue(out var bucket))
        {
            bucket = new SeriesBucket();
        }

        bucket.Restart(start);
        _buckets.Enqueue(_newest = bucket);
        return bucket;
    }

    /// <summary>Takes the memory of a series that is no longer kept, which is empty then.</summary>
    internal void TakeOver(LiveSeries other)
    {
        var (few, many) = other._spares.Count < other._buckets.Count ? (other._spares, other._buckets) : (other._buckets, other._spares);
        while (few.TryDequeue(out var bucket))
        {
            many.Enqueue(bucket);
        }

        (other._buckets, other._spares, other._newest) = (few, _spares, null);
        _spares = many;
    }

    /// <summary>Sums the buckets that begin in the half-open interval [<paramref name="from"/>, <paramref name="to"/>).</summary>
    public SeriesWindow Sum(DateTimeOffset from, DateTimeOffset to)
    {
        var window = new SeriesWindow();
        foreach (var bucket in _buckets)
        {
            if (bucket.Start >= from && bucket.Start < to)
            {
                window.Add(bucket);
            }
        }

        return window;
    }

    /// <summary>When the bucket that covers <paramref name="at"/> begins.</summary>
    public static DateTimeOffset StartOf(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % Resolution.Ticks), TimeSpan.Zero);
}
