using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Nexus.Monitoring.Api.Telemetry;

namespace Nexus.Monitoring.Api.Streaming;

/// <summary>Counts open streams of all transports and refuses more than the configured number.</summary>
internal sealed class StreamCapacity(IOptions<MonitoringApiOptions> options, ApiMetrics metrics)
{
    private readonly ConcurrentDictionary<string, int> _byTransport = new();
    private int _open;
    private long _opened;

    public int Limit => options.Value.MaxConnections;

    public string WhyFull => $"This node already serves {Limit} streams, its limit (Monitoring:MaxConnections); try again later or on another node.";

    /// <summary>How many were ever opened by others than the node itself.</summary>
    public long Opened => Volatile.Read(ref _opened);

    public int Open => Volatile.Read(ref _open);

    /// <summary>Open streams of each transport that has been used.</summary>
    public IReadOnlyDictionary<string, int> ByTransport => new SortedDictionary<string, int>(_byTransport, StringComparer.Ordinal);

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
        _byTransport.AddOrUpdate(transport, 1, static (_, open) => open + 1);
        metrics.ConnectionOpened(transport);
        return true;
    }

    /// <summary>So many of those that were opened were the node's own.</summary>
    public void ForgetOpened(int own) => Interlocked.Add(ref _opened, -own);

    public void Leave(string transport)
    {
        Interlocked.Decrement(ref _open);
        _byTransport.AddOrUpdate(transport, 0, static (_, open) => open - 1);
        metrics.ConnectionClosed(transport);
    }
}
