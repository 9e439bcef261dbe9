using System.Buffers;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Streaming;

/// <summary>
/// Writes events with their cursor into shared chunks, one allocation for about a hundred events. A chunk lives as long as one of its
/// events is held. Not thread-safe: one encoder per writer.
/// </summary>
internal sealed class EntryEncoder
{
    /// <summary>Small enough to stay out of the large object heap.</summary>
    private const int ChunkSize = 64 * 1024;

    private const int CursorOverhead = LogPosition.MaxLength + 16;

    private byte[] _chunk = [];
    private int _used;

    public LogEntry Encode(ReadOnlySpan<byte> eventJson, LogPosition position, in EventKeys keys)
    {
        var most = eventJson.Length + CursorOverhead;
        if (most > ChunkSize / 4)
        {
            var own = new ArrayBufferWriter<byte>(most);
            EventJson.WriteWithCursor(eventJson, position, own);
            return new LogEntry(position, keys, own.WrittenMemory);
        }

        if (most > _chunk.Length - _used)
        {
            _chunk = GC.AllocateUninitializedArray<byte>(ChunkSize);
            _used = 0;
        }

        var output = new ChunkWriter(_chunk, _used);
        EventJson.WriteWithCursor(eventJson, position, output);
        var json = _chunk.AsMemory(_used, output.Position - _used);
        _used = output.Position;
        return new LogEntry(position, keys, json);
    }

    private sealed class ChunkWriter(byte[] chunk, int start) : IBufferWriter<byte>
    {
        public int Position { get; private set; } = start;

        public void Advance(int count) => Position += count;

        public Memory<byte> GetMemory(int sizeHint = 0) => chunk.AsMemory(Position);

        public Span<byte> GetSpan(int sizeHint = 0) => chunk.AsSpan(Position);
    }
}
