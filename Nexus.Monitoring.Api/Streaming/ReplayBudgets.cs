using System.Net;
using System.Net.Sockets;

namespace Nexus.Monitoring.Api.Streaming;

/// <summary>The budget of each client, by its address, so that more streams do not get it more. Bounded; thread-safe.</summary>
internal sealed class ReplayBudgets(int entriesPerSecond, TimeProvider time)
{
    /// <summary>More addresses than these that read old entries at the same time share one budget.</summary>
    public const int MaxClients = 4096;

    /// <summary>Whoever has an IPv6 address has some 2^64 of them.</summary>
    private const int Ipv6PrefixBytes = 8;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, ReplayBudget> _budgets = [];
    private readonly ReplayBudget _others = new(entriesPerSecond, time);

    /// <summary>What a client is known by; null for one without an address, which has a budget of its own.</summary>
    public static string? ClientOf(IPAddress? address) => address switch
    {
        null => null,
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexString(address.GetAddressBytes().AsSpan(0, Ipv6PrefixBytes)),
        _ => address.ToString(),
    };

    public ReplayBudget Of(string? client)
    {
        if (client is null)
        {
            return new ReplayBudget(entriesPerSecond, time);
        }

        lock (_gate)
        {
            if (_budgets.TryGetValue(client, out var known))
            {
                return known;
            }

            if (_budgets.Count >= MaxClients)
            {
                // One that owes nothing is as good as new.
                foreach (var idle in _budgets.Where(pair => pair.Value.IsIdle).Select(pair => pair.Key).ToList())
                {
                    _budgets.Remove(idle);
                }
            }

            return _budgets.Count >= MaxClients ? _others : _budgets[client] = new ReplayBudget(entriesPerSecond, time);
        }
    }
}
