using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Contracts.Frames;

namespace Nexus.Monitoring.Api.WebSockets;

/// <summary>Chained intervals of events, as they stand in the contract.</summary>
internal sealed class BatchSink(FrameConnection connection) : FrameSink(connection)
{
    private static readonly EventsEncoding Plain = new();

    private readonly FrameConnection _connection = connection;

    public override string Transport => FrameConnection.WebSocketTransport;

    public override EventsEncoding Encoding => Plain;

    public override ValueTask SendFrameAsync(StreamFrame frame) => _connection.Output.SendAsync(TextFrame.Of(FrameEncoder.ToUtf8(frame)));
}
