using System.Text.Json;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Json;

namespace Nexus.Monitoring.Api.Streaming;

/// <summary>Control frames as UTF-8 JSON.</summary>
internal static class FrameEncoder
{
    public static byte[] ToUtf8(StreamFrame frame) =>
        JsonSerializer.SerializeToUtf8Bytes(frame, MonitoringJson.Context.StreamFrame);
}
