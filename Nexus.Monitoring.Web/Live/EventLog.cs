using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Monitoring.Web.Live;

/// <summary>
/// The newest events in memory, at most <see cref="Capacity"/>. One writer; readers take <see cref="View"/> and never wait:
/// slots below a view's end are written once and never again, and old chunks are dropped whole.
/// </summary>
internal sealed class EventLog
{
    public const int ChunkSize = 512;
    public const int MaxChunks = 20;
    public const int Capacity = ChunkSize * MaxChunks;

    private MonitoringEvent[][] _chunks = [new MonitoringEvent[ChunkSize]];
    private long _firstChunk;
    private long _end;
    private EventLogView _view = EventLogView.Empty;

    public EventLogView View => Volatile.Read(ref _view);

    /// <summary>Appends without showing: call <see cref="Publish"/> once per batch.</summary>
    public void Append(MonitoringEvent monitoringEvent)
    {
        if (_end == (_firstChunk + _chunks.Length) * ChunkSize)
        {
            AddChunk();
        }

        _chunks[^1][_end % ChunkSize] = monitoringEvent;
        _end++;
    }

    public void Publish() => Volatile.Write(ref _view, new EventLogView(_chunks, _firstChunk * ChunkSize, _end, this));

    private void AddChunk()
    {
        var keep = _chunks.Length == MaxChunks ? _chunks[1..] : _chunks;
        _firstChunk += _chunks.Length - keep.Length;
        _chunks = [.. keep, new MonitoringEvent[ChunkSize]];
    }
}
