using System.Buffers;
using System.Text.Json;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Json;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Streaming;

/// <summary>Frames as UTF-8 JSON; events are copied, not encoded again.</summary>
internal static class FrameEncoder
{
    public static byte[] ToUtf8(StreamFrame frame) =>
        JsonSerializer.SerializeToUtf8Bytes(frame, MonitoringJson.Context.StreamFrame);

    /// <summary><c>{"type":"events","after":"1-0","upto":"2-0","events":[{…,"cursor":"2-0"}]}</c></summary>
    public static void WriteEvents(
        IBufferWriter<byte> output, LogPosition after, LogPosition upto, IReadOnlyList<LogEntry> entries)
    {
        output.Write("{\"type\":\"events\",\"after\":\""u8);
        WritePosition(output, after);
        output.Write("\",\"upto\":\""u8);
        WritePosition(output, upto);
        output.Write("\",\"events\":["u8);
        for (var i = 0; i < entries.Count; i++)
        {
            if (i > 0)
            {
                output.Write(","u8);
            }

            output.Write(entries[i].Json.Span);
        }

        output.Write("]}"u8);
    }

    private static void WritePosition(IBufferWriter<byte> output, LogPosition position)
    {
        position.TryFormat(output.GetSpan(LogPosition.MaxLength), out var written);
        output.Advance(written);
    }
}
