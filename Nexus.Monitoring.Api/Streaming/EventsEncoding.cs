using System.Text;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Streaming;

/// <summary>
/// Writes an events frame as one text message: <c>{"type":"events","after":"1-0","upto":"2-0","events":[{…,"cursor":"2-0"}]}</c>, in
/// an envelope or without. The events' bytes are copied, not encoded again.
/// </summary>
/// <param name="before">JSON before the frame.</param>
/// <param name="after">JSON after the frame.</param>
internal sealed class EventsEncoding(string before = "", string after = "")
{
    private readonly byte[] _before = Encoding.UTF8.GetBytes(before + "{\"type\":\"events\",\"after\":\"");
    private readonly byte[] _after = Encoding.UTF8.GetBytes("]}" + after);

    private static ReadOnlySpan<byte> Upto => "\",\"upto\":\""u8;

    private static ReadOnlySpan<byte> Events => "\",\"events\":["u8;

    /// <summary>Bytes that a buffer for <see cref="Write"/> needs.</summary>
    public int LengthFor(List<LogEntry> entries)
    {
        var length = TextFrame.MaxHeader + _before.Length + _after.Length + Upto.Length + Events.Length + (2 * LogPosition.MaxLength);
        foreach (var entry in entries)
        {
            length += entry.Json.Length + 1;
        }

        return length;
    }

    /// <summary>The message, with its header, somewhere in <paramref name="buffer"/>.</summary>
    public ReadOnlyMemory<byte> Write(byte[] buffer, LogPosition from, LogPosition upto, List<LogEntry> entries)
    {
        var end = WriteJson(buffer, TextFrame.MaxHeader, from, upto, entries);
        var length = end - TextFrame.MaxHeader;
        var start = TextFrame.MaxHeader - TextFrame.HeaderLength(length);
        TextFrame.WriteHeader(buffer.AsSpan(start), length);
        return buffer.AsMemory(start, end - start);
    }

    /// <summary>Without a header; returns where it ends.</summary>
    public int WriteJson(byte[] buffer, int start, LogPosition from, LogPosition upto, List<LogEntry> entries)
    {
        var at = start;
        Append(buffer, ref at, _before);
        Append(buffer, ref at, from);
        Append(buffer, ref at, Upto);
        Append(buffer, ref at, upto);
        Append(buffer, ref at, Events);
        for (var i = 0; i < entries.Count; i++)
        {
            if (i > 0)
            {
                buffer[at++] = (byte)',';
            }

            Append(buffer, ref at, entries[i].Json.Span);
        }

        Append(buffer, ref at, _after);
        return at;
    }

    private static void Append(byte[] buffer, ref int at, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(buffer.AsSpan(at));
        at += bytes.Length;
    }

    private static void Append(byte[] buffer, ref int at, LogPosition position)
    {
        position.TryFormat(buffer.AsSpan(at), out var written);
        at += written;
    }
}
