namespace Nexus.Monitoring.Web.Board;

/// <summary>How often each worker says that it lives, as it was heard. At most <see cref="Capacity"/> workers. Not thread-safe.</summary>
internal sealed class Heartbeats
{
    public const int Capacity = 10_000;

    /// <summary>Beats that have to be missed.</summary>
    private const int Missed = 3;

    /// <summary>Nobody is called silent sooner.</summary>
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(15);

    private readonly Dictionary<int, (DateTimeOffset Last, TimeSpan Longest)> _beats = [];

    public void Add(int worker, DateTimeOffset at)
    {
        if (_beats.TryGetValue(worker, out var known))
        {
            // The longest of late: it halves with every shorter one, so that one pause does not count for ever.
            var gap = at - known.Last;
            _beats[worker] = (at, gap > known.Longest ? gap : (known.Longest + gap) / 2);
        }
        else if (_beats.Count < Capacity)
        {
            _beats.Add(worker, (at, TimeSpan.Zero));
        }
    }

    /// <summary>False where nothing is known of how often it beats.</summary>
    public bool IsSilent(int worker, DateTimeOffset lastSeen, DateTimeOffset now)
    {
        if (!_beats.TryGetValue(worker, out var known) || known.Longest == TimeSpan.Zero)
        {
            return false;
        }

        var silence = now - lastSeen;
        return silence > Least && silence > known.Longest * Missed;
    }

    public void Clear() => _beats.Clear();
}
