using System.Buffers;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Streaming;

/// <summary>
/// Writes events with their cursor, framed, side by side into shared chunks, one allocation for some dozens of events. A chunk lives as
/// long as one of its events is held. Not thread-safe: one encoder per writer.
/// </summary>
internal sealed class EntryEncoder
{
    /// <summary>A client that takes nothing keeps one of them alive, so they are no larger than a batch.</summary>
    private const int ChunkSize = 32 * 1024;

    private const int CursorOverhead = LogPosition.MaxLength + 16;

    /// <summary>What an event of 126 to 65 535 bytes needs, as nearly all have.</summary>
    private const int UsualHeader = 4;

    private readonly ChunkWriter _writer = new();
    private byte[] _chunk = [];
    private int _used;

    /// <summary>Encodes an event that has no neighbours.</summary>
    public static LogEntry EncodeAlone(ReadOnlySpan<byte> eventJson, LogPosition position, in EventKeys keys) =>
        Write(new ChunkWriter(), new byte[eventJson.Length + CursorOverhead + TextFrame.MaxHeader], 0, eventJson, position, keys, out _);

    public LogEntry Encode(ReadOnlySpan<byte> eventJson, LogPosition position, in EventKeys keys)
    {
        var most = eventJson.Length + CursorOverhead + TextFrame.MaxHeader;
        if (most > ChunkSize / 4)
        {
            return Write(_writer, new byte[most], 0, eventJson, position, keys, out _);
        }

        if (most > _chunk.Length - _used)
        {
            _chunk = GC.AllocateUninitializedArray<byte>(ChunkSize);
            _used = 0;
        }

        return Write(_writer, _chunk, _used, eventJson, position, keys, out _used);
    }

    private static LogEntry Write(
        ChunkWriter writer, byte[] chunk, int start, ReadOnlySpan<byte> eventJson, LogPosition position, in EventKeys keys, out int end)
    {
        writer.Begin(chunk, start + UsualHeader);
        EventJson.WriteWithCursor(eventJson, position, writer);
        var length = writer.Position - start - UsualHeader;
        var header = TextFrame.HeaderLength(length);
        if (header != UsualHeader)
        {
            // Frames leave no hole between them.
            chunk.AsSpan(start + UsualHeader, length).CopyTo(chunk.AsSpan(start + header));
        }

        TextFrame.WriteHeader(chunk.AsSpan(start), length);
        end = start + header + length;
        return new LogEntry(position, keys, chunk.AsMemory(start, header + length), header);
    }

    private sealed class ChunkWriter : IBufferWriter<byte>
    {
        private byte[] _chunk = [];

        public int Position { get; private set; }

        public void Begin(byte[] chunk, int start)
        {
            _chunk = chunk;
            Position = start;
        }

        public void Advance(int count) => Position += count;

        public Memory<byte> GetMemory(int sizeHint = 0) => _chunk.AsMemory(Position);

        public Span<byte> GetSpan(int sizeHint = 0) => _chunk.AsSpan(Position);
    }
}
