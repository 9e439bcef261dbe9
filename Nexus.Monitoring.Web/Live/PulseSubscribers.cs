using System.Collections.Concurrent;

namespace Nexus.Monitoring.Web.Live;

/// <summary>Who is called at every pulse. Bounded by the components on open pages; each takes itself out.</summary>
internal sealed class PulseSubscribers
{
    private readonly ConcurrentDictionary<Subscription, Action> _pulses = new();

    public int Count => _pulses.Count;

    public IDisposable Add(Action pulse)
    {
        var subscription = new Subscription(this);
        _pulses[subscription] = pulse;
        return subscription;
    }

    public void Pulse()
    {
        foreach (var (_, pulse) in _pulses)
        {
            pulse();
        }
    }

    private sealed class Subscription(PulseSubscribers owner) : IDisposable
    {
        public void Dispose() => owner._pulses.TryRemove(this, out _);
    }
}
