namespace Nexus.Fanout.Publishing;

/// <summary>
/// Closed loop: at most <paramref name="size"/> events that the slowest client has not read. The reader tells how far that is, and wakes
/// the publisher when there is room for a batch.
/// </summary>
internal sealed class Window(int size, int batch) : IPace, IDisposable
{
    private const int LongestWaitMilliseconds = 5;

    private readonly int _worthWaking = Math.Clamp(size / 4, 1, batch);
    private readonly ManualResetEventSlim _room = new(initialState: false, spinCount: 0);
    private int _read;
    private int _awaited = int.MaxValue;

    public int Allowed(long now, int sent) => size - (sent - Volatile.Read(ref _read));

    public void Wait(long now, int sent)
    {
        _room.Reset();
        // The publisher goes on when the slowest client has read this many.
        Interlocked.Exchange(ref _awaited, sent - size + _worthWaking);
        if (Allowed(now, sent) < _worthWaking)
        {
            _room.Wait(LongestWaitMilliseconds);
        }

        Volatile.Write(ref _awaited, int.MaxValue);
    }

    public void Dispose() => _room.Dispose();

    /// <summary>The slowest client has read all events before this one.</summary>
    public void Advance(int read)
    {
        Interlocked.Exchange(ref _read, read);
        if (read >= Volatile.Read(ref _awaited))
        {
            _room.Set();
        }
    }
}
