using Microsoft.Extensions.Options;
using Nexus.Monitoring.Api.Telemetry;

namespace Nexus.Monitoring.Api.Streaming;

/// <summary>Counts open streams of all transports and refuses more than the configured number.</summary>
internal sealed class StreamCapacity(IOptions<MonitoringApiOptions> options, ApiMetrics metrics)
{
    private int _open;
    private long _opened;

    public int Limit => options.Value.MaxConnections;

    public string WhyFull => $"This node already serves {Limit} streams, its limit (Monitoring:MaxConnections); try again later or on another node.";

    /// <summary>How many were ever opened.</summary>
    public long Opened => Volatile.Read(ref _opened);

    public bool HasOpen => Volatile.Read(ref _open) > 0;

    public bool IsFull => Volatile.Read(ref _open) >= Limit;

    public bool TryEnter(string transport)
    {
        if (Interlocked.Increment(ref _open) > Limit)
        {
            Interlocked.Decrement(ref _open);
            return false;
        }

        Interlocked.Increment(ref _opened);
        metrics.ConnectionOpened(transport);
        return true;
    }

    public void Leave(string transport)
    {
        Interlocked.Decrement(ref _open);
        metrics.ConnectionClosed(transport);
    }
}
