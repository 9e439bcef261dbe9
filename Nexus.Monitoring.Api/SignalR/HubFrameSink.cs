using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Api.WebSockets;
using Nexus.Monitoring.Contracts.Frames;

namespace Nexus.Monitoring.Api.SignalR;

/// <summary>Calls a hub client's methods with records that all clients share.</summary>
internal sealed class HubFrameSink(FrameConnection connection) : FrameSink(connection)
{
    private readonly FrameConnection _connection = connection;

    public override string Transport => HubSink.TransportName;

    public override EventsEncoding Encoding => HubRecords.Events;

    public override ValueTask SendFrameAsync(StreamFrame frame) => HubMethods.Of(frame) is { } method
        ? _connection.Output.SendAsync(HubRecords.Call(method, FrameEncoder.ToUtf8(frame)))
        : ValueTask.CompletedTask;
}
