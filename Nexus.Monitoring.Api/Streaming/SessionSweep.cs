using Microsoft.Extensions.Options;

namespace Nexus.Monitoring.Api.Streaming;

/// <summary>One timer for all: sessions see whether a ping is due and whether their client has stalled. Thread-safe.</summary>
internal sealed class SessionSweep : IDisposable
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();

    /// <summary>At most two for each open stream, which are bounded by <see cref="StreamCapacity"/>.</summary>
    private readonly HashSet<ISwept> _swept = [];

    private readonly TimeProvider _time;
    private readonly ITimer _timer;

    public SessionSweep(TimeProvider time, IOptions<MonitoringApiOptions> options)
    {
        _time = time;
        var shorter = options.Value.PingInterval < options.Value.StallTimeout ? options.Value.PingInterval : options.Value.StallTimeout;
        var period = TimeSpan.FromTicks(Math.Clamp(shorter.Ticks / 8, Shortest.Ticks, Longest.Ticks));
        _timer = time.CreateTimer(static sweep => ((SessionSweep)sweep!).Run(), this, period, period);
    }

    public void Add(ISwept swept)
    {
        lock (_gate)
        {
            _swept.Add(swept);
        }
    }

    public void Remove(ISwept swept)
    {
        lock (_gate)
        {
            _swept.Remove(swept);
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Run()
    {
        lock (_gate)
        {
            var now = _time.GetTimestamp();
            foreach (var swept in _swept)
            {
                swept.Tick(now);
            }
        }
    }
}
