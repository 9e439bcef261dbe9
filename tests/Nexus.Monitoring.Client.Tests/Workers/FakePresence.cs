using System.Collections.Concurrent;
using Nexus.Monitoring.Client.Workers;

namespace Nexus.Monitoring.Client.Tests.Workers;

internal sealed class FakePresence : IWorkerPresence
{
    private readonly ConcurrentQueue<string> _calls = new();

    public IReadOnlyList<string> Calls => [.. _calls];

    public Task RenewAsync(int workerId, TimeSpan timeToLive)
    {
        _calls.Enqueue($"renew {workerId} {timeToLive.TotalSeconds}");
        return Task.CompletedTask;
    }

    public Task RemoveAsync(int workerId)
    {
        _calls.Enqueue($"remove {workerId}");
        return Task.CompletedTask;
    }
}
