using Microsoft.Extensions.ObjectPool;

namespace Nexus.Monitoring.Api.Streaming;

/// <summary>Lists that are used again.</summary>
/// <param name="capacity">Of a new one.</param>
/// <param name="maxCapacity">One that has grown larger is left to the collector.</param>
internal sealed class ListPolicy<T>(int capacity, int maxCapacity) : PooledObjectPolicy<List<T>>
{
    public override List<T> Create() => new(capacity);

    public override bool Return(List<T> obj)
    {
        // What it held must not be kept alive by a list that waits to be used.
        obj.Clear();
        return obj.Capacity <= maxCapacity;
    }
}
