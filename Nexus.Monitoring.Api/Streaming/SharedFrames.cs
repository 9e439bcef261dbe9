using System.Diagnostics.CodeAnalysis;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Streaming;

/// <summary>
/// The newest frames that more than one reader may need. Readers of a cohort that stand at one position go on in the same steps, so that
/// each of these is encoded once. Bounded by bytes; the oldest give way. Thread-safe.
/// </summary>
internal sealed class SharedFrames
{
    /// <summary>About a second of what a node sends to one cohort under full load.</summary>
    private const long MaxBytes = 8 * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly Dictionary<Key, SharedFrame> _frames = [];
    private readonly Queue<Key> _order = [];
    private EventRing? _ring;
    private long _bytes;

    /// <summary>Lets go of the frames of another ring, and with them of that ring.</summary>
    public void Restart(EventRing ring)
    {
        lock (_gate)
        {
            _ring = ring;
            _frames.Clear();
            _order.Clear();
            _bytes = 0;
        }
    }

    /// <summary>The frame whose interval begins at this position.</summary>
    public bool TryGet(Cohort cohort, EventsEncoding encoding, LogPosition after, [NotNullWhen(true)] out SharedFrame? frame)
    {
        lock (_gate)
        {
            return _frames.TryGetValue(new Key(cohort, encoding, after), out frame);
        }
    }

    public void Add(Cohort cohort, EventsEncoding encoding, LogPosition after, SharedFrame frame)
    {
        lock (_gate)
        {
            var key = new Key(cohort, encoding, after);
            if (frame.Place.Ring != _ring || !_frames.TryAdd(key, frame))
            {
                return;
            }

            _order.Enqueue(key);
            _bytes += frame.Bytes.Length;
            while (_bytes > MaxBytes && _order.TryDequeue(out var oldest) && _frames.Remove(oldest, out var given))
            {
                _bytes -= given.Bytes.Length;
            }
        }
    }

    private readonly record struct Key(Cohort Cohort, EventsEncoding Encoding, LogPosition After);
}
