using Microsoft.AspNetCore.Components.Server.Circuits;

namespace Nexus.Monitoring.Web.About;

/// <summary>Counts the browsers that are connected to this dashboard. Thread-safe.</summary>
internal sealed class OpenBrowsers : CircuitHandler
{
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _count);
        return Task.CompletedTask;
    }

    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        Interlocked.Decrement(ref _count);
        return Task.CompletedTask;
    }
}
