using System.Buffers;
using Microsoft.AspNetCore.SignalR;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.SignalR;

/// <summary>Calls one client's methods with pre-encoded frames. A call completes when the connection has taken it.</summary>
internal sealed class HubSink(ISingleClientProxy client) : IStreamSink
{
    public const string TransportName = "signalr";

    public string Transport => TransportName;

    public bool HasIntervals => true;

    public ValueTask SendEventsAsync(LogPosition after, LogPosition upto, IReadOnlyList<LogEntry> entries)
    {
        var buffer = new ArrayBufferWriter<byte>();
        FrameEncoder.WriteEvents(buffer, after, upto, entries);
        return CallAsync(HubMethods.Events, buffer.WrittenMemory);
    }

    public ValueTask SendFrameAsync(StreamFrame frame) => HubMethods.Of(frame) is { } method
        ? CallAsync(method, FrameEncoder.ToUtf8(frame))
        : ValueTask.CompletedTask;

    private ValueTask CallAsync(string method, ReadOnlyMemory<byte> utf8) => new(client.SendCoreAsync(method, [new RawJson(utf8)]));
}
