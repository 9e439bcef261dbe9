using System.Runtime.InteropServices;

namespace Nexus.Monitoring.Web.Lanes;

/// <summary>
/// Adds up the time in which workers had work, one piece after the other from the newest back, so that a worker that does several things at once is never
/// more than busy. Not thread-safe.
/// </summary>
/// <param name="from">What was before does not count.</param>
/// <param name="to">Where it ends.</param>
internal sealed class LaneUse(DateTimeOffset from, DateTimeOffset to)
{
    private readonly Dictionary<int, (TimeSpan Busy, DateTimeOffset CountedFrom, string? LastType)> _workers = [];
    private readonly HashSet<string> _types = new(StringComparer.Ordinal);
    private readonly HashSet<(int Worker, string TaskType)> _taken = [];
    private string? _lastType;

    public IReadOnlyCollection<string> Types => _types;

    /// <summary>Who was at work on what.</summary>
    public IReadOnlySet<(int Worker, string TaskType)> Taken => _taken;

    /// <summary>Pieces of one worker come in the order of their ends, the latest first.</summary>
    public void Add(in LaneBar bar)
    {
        if (bar.TaskType is { } type && !ReferenceEquals(type, _lastType))
        {
            _types.Add(type);
            _lastType = type;
        }

        if (bar.Marks.HasFlag(LaneMark.Silent))
        {
            return;
        }

        ref var worker = ref CollectionsMarshal.GetValueRefOrAddDefault(_workers, bar.WorkerId, out var isKnown);
        worker.CountedFrom = isKnown ? worker.CountedFrom : to;
        if (bar.TaskType is { } taken && !ReferenceEquals(taken, worker.LastType))
        {
            _taken.Add((bar.WorkerId, taken));
            worker.LastType = taken;
        }

        var (begin, end) = (bar.From > from ? bar.From : from, bar.To < worker.CountedFrom ? bar.To : worker.CountedFrom);
        if (end > begin)
        {
            worker.Busy += end - begin;
        }

        worker.CountedFrom = begin < worker.CountedFrom ? begin : worker.CountedFrom;
    }

    /// <summary>The part of the time that was counted, 0 to 1.</summary>
    public Dictionary<int, double> ToParts()
    {
        var period = to - from;
        return _workers.ToDictionary(pair => pair.Key, pair => period > TimeSpan.Zero ? Math.Clamp(pair.Value.Busy / period, 0, 1) : 0);
    }
}
