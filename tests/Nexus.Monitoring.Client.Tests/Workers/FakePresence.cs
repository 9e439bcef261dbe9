using System.Collections.Concurrent;
using Nexus.Monitoring.Client.Workers;

namespace Nexus.Monitoring.Client.Tests.Workers;

internal sealed class FakePresence : IWorkerPresence
{
    private readonly ConcurrentQueue<string> _calls = new();

    public IReadOnlyList<string> Calls => [.. _calls];

    /// <summary>Whether somebody else has claimed the key.</summary>
    public bool IsTaken { get; set; }

    public Task ClaimAsync(int workerId, string owner, TimeSpan timeToLive)
    {
        _calls.Enqueue($"claim {workerId} {timeToLive.TotalSeconds}");
        return Task.CompletedTask;
    }

    public Task<bool> RenewAsync(int workerId, string owner, TimeSpan timeToLive)
    {
        _calls.Enqueue($"renew {workerId} {timeToLive.TotalSeconds}");
        return Task.FromResult(!IsTaken);
    }

    public Task RemoveAsync(int workerId, string owner)
    {
        _calls.Enqueue($"remove {workerId}");
        return Task.CompletedTask;
    }
}
