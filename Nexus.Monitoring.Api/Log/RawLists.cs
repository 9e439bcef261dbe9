using Microsoft.Extensions.ObjectPool;
using Nexus.Monitoring.Api.Streaming;

namespace Nexus.Monitoring.Api.Log;

/// <summary>
/// Lists of what was read of the log. A reader that is behind takes pages so large that each list would be one of the large objects, which are
/// collected with everything else that there is; those are used again.
/// </summary>
internal static class RawLists
{
    /// <summary>Shorter ones are left to the collector.</summary>
    private const int Large = 1024;

    private static readonly ObjectPool<List<RawEntry>> Pool = new DefaultObjectPool<List<RawEntry>>(
        new ListPolicy<RawEntry>(PageSize.Most, 4 * PageSize.Most), maximumRetained: 4);

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
}
