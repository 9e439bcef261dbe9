using Microsoft.Extensions.ObjectPool;

namespace Nexus.Monitoring.Api.Log;

/// <summary>
/// Lists of what was read of the log. A reader that is behind takes pages so large that each list would be one of the large objects, which are
/// collected with everything else that there is; those are used again.
/// </summary>
internal static class RawLists
{
    /// <summary>Shorter ones are left to the collector.</summary>
    private const int Large = 1024;

    private const int MaxCapacity = 4 * PageSize.Most;

    private static readonly ObjectPool<List<RawEntry>> Pool = new DefaultObjectPool<List<RawEntry>>(new Policy(), maximumRetained: 4);

    /// <param name="likely">About how many entries it will hold.</param>
    public static List<RawEntry> Rent(int likely) => likely < Large ? new List<RawEntry>(likely) : Pool.Get();

    /// <summary>Nobody reads it any more.</summary>
    public static void Return(List<RawEntry> list)
    {
        if (list.Capacity >= Large)
        {
            Pool.Return(list);
        }
    }

    private sealed class Policy : PooledObjectPolicy<List<RawEntry>>
    {
        public override List<RawEntry> Create() => new(PageSize.Most);

        public override bool Return(List<RawEntry> obj)
        {
            // Bytes must not be kept alive by a list that waits to be used.
            obj.Clear();
            return obj.Capacity <= MaxCapacity;
        }
    }
}
