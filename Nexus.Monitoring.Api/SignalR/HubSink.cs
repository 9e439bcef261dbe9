using Microsoft.AspNetCore.SignalR;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.SignalR;

/// <summary>Calls one client's methods with pre-encoded frames. A call completes when the connection has taken it.</summary>
internal sealed class HubSink(ISingleClientProxy client, HubCallerContext connection) : IStreamSink
{
    private static readonly EventsEncoding Frame = new();

    public const string TransportName = "signalr";

    public string Transport => TransportName;

    public bool HasIntervals => true;

    public ValueTask SendEventsAsync(LogPosition after, LogPosition upto, List<LogEntry> entries)
    {
        var buffer = new byte[Frame.LengthFor(entries)];
        return CallAsync(HubMethods.Events, buffer.AsMemory(0, Frame.WriteJson(buffer, 0, after, upto, entries)));
    }

    public void Abort() => connection.Abort();

    public ValueTask SendFrameAsync(StreamFrame frame) => HubMethods.Of(frame) is { } method
        ? CallAsync(method, FrameEncoder.ToUtf8(frame))
        : ValueTask.CompletedTask;

    private ValueTask CallAsync(string method, ReadOnlyMemory<byte> utf8) => new(client.SendCoreAsync(method, [new RawJson(utf8)]));
}
