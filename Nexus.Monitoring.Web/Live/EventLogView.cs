using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Monitoring.Web.Live;

/// <summary>What the event log held at one moment. Indexes count from the first event this process ever saw.</summary>
public sealed class EventLogView
{
    private readonly MonitoringEvent[][] _chunks;

    internal EventLogView(MonitoringEvent[][] chunks, long start, long end, EventLog? log = null)
    {
        Log = log;
        _chunks = chunks;
        Start = start;
        End = end;
    }

    public static EventLogView Empty { get; } = new([], 0, 0);

    /// <summary>The log it is of: indexes of another one mean other events.</summary>
    internal EventLog? Log { get; }

    public long Start { get; }

    public long End { get; }

    public MonitoringEvent this[long index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(index, Start);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, End);
            var offset = index - Start;
            return _chunks[offset / EventLog.ChunkSize][offset % EventLog.ChunkSize];
        }
    }

    /// <summary>Newest first, because what people look for is seldom old.</summary>
    public MonitoringEvent? Find(Func<MonitoringEvent, bool> matches)
    {
        for (var i = End - 1; i >= Start; i--)
        {
            if (matches(this[i]))
            {
                return this[i];
            }
        }

        return null;
    }
}
