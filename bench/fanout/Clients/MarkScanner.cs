using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nexus.Fanout.Events;
using Nexus.Fanout.Measuring;

namespace Nexus.Fanout.Clients;

/// <summary>
/// Finds the marks in what clients read, whatever stands around them and wherever a read cuts them. One buffer serves all clients; a
/// client only keeps the last 31 bytes of its latest read, in which a mark may have begun.
/// </summary>
internal sealed unsafe class MarkScanner : IDisposable
{
    /// <summary>
    /// Bytes of one read. Large enough that a read of several hundred events is one call, small enough to stay in the core's own cache.
    /// </summary>
    public const int ReadSize = 256 * 1024;

    private const int Kept = Mark.Length - 1;

    private readonly SequenceTracker _tracker;
    private readonly LatencyHistogram _latencies;
    private readonly byte[] _key;
    private readonly ulong _keyBits;
    private readonly int _eventSize;
    private readonly int _sampleMask;
    private readonly byte* _memory = (byte*)NativeMemory.AlignedAlloc(ReadSize + (2 * Mark.Length), Mark.Length);
    private readonly byte[] _tails;
    private readonly byte[] _tailLengths;
    private long _usualDistance;

    /// <param name="clients">How many there are.</param>
    /// <param name="key">The run's.</param>
    /// <param name="eventSize">Bytes of every event.</param>
    /// <param name="sampleMask">The latency of one in <c>mask + 1</c> events of each client is recorded; one less than a power of two.</param>
    /// <param name="tracker">Is told of each event.</param>
    /// <param name="latencies">Receives the latencies.</param>
    public MarkScanner(int clients, byte[] key, int eventSize, int sampleMask, SequenceTracker tracker, LatencyHistogram latencies)
    {
        _key = key;
        _keyBits = Unsafe.ReadUnaligned<ulong>(ref key[0]);
        _eventSize = eventSize;
        _usualDistance = eventSize;
        _sampleMask = sampleMask;
        _tracker = tracker;
        _latencies = latencies;
        _tails = new byte[(clients + 1) * Mark.Length];
        _tailLengths = new byte[clients];
    }

    /// <summary>Where a read puts its bytes.</summary>
    public byte* Buffer => _memory + Mark.Length;

    /// <summary>Forgets what the client's former connection may have begun.</summary>
    public void Reset(int client) => _tailLengths[client] = 0;

    /// <summary>
    /// Counts what the bytes from <paramref name="start"/> to <paramref name="end"/>, read at <paramref name="now"/>, bring the client.
    /// They lie in <see cref="Buffer"/>, and the 32 bytes before them are overwritten.
    /// </summary>
    public void Scan(int client, byte* start, byte* end, long now)
    {
        ref var tail = ref _tails[client * Mark.Length];
        Unsafe.CopyBlockUnaligned(ref *(start - Mark.Length), ref tail, Mark.Length);
        var from = start - _tailLengths[client];
        byte* last = null;

        while (Next(from, end, last) is var mark && mark is not null)
        {
            if (last is not null && mark - last < 2 * _eventSize)
            {
                _usualDistance = mark - last;
            }

            var number = Mark.Number(mark);
            _tracker.Receive(client, number);
            if (((number ^ client) & _sampleMask) == 0)
            {
                _latencies.Record(now - Mark.Sent(mark));
            }

            last = mark;
            from = mark + Mark.Length;
        }

        _tailLengths[client] = (byte)Math.Min(Kept, end - from);
        Unsafe.CopyBlockUnaligned(ref tail, ref *(end - Mark.Length), Mark.Length);
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(_memory);
        GC.SuppressFinalize(this);
    }

    /// <summary>
    /// The next whole mark. Events have one size, so that marks stand at least that far apart: one that is found less than two sizes
    /// after the last is certainly the next, and most often it is where the one before suggests, without a search.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private byte* Next(byte* from, byte* end, byte* last)
    {
        if (last is not null && end - last >= _usualDistance + Mark.Length && IsKey(last + _usualDistance))
        {
            return last + _usualDistance;
        }

        var index = new ReadOnlySpan<byte>(from, (int)(end - from)).IndexOf(_key);
        return index >= 0 && end - (from + index) >= Mark.Length ? from + index : null;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsKey(byte* position) => Unsafe.ReadUnaligned<ulong>(position) == _keyBits;
}
