namespace Nexus.IntegrationTests.Transports;

/// <summary>All ways to read the stream.</summary>
public static class StreamTransports
{
    public static StreamTransport WebSocketEvents { get; } = new WebSocketTransport("events");

    public static StreamTransport WebSocketBatch { get; } = new WebSocketTransport("batch");

    public static StreamTransport SignalR { get; } = new SignalRTransport();

    public static StreamTransport ServerSentEvents { get; } = new ServerSentEventsTransport();

    public static StreamTransport Ndjson { get; } = new NdjsonTransport();

    public static IReadOnlyList<StreamTransport> All { get; } = [WebSocketEvents, WebSocketBatch, SignalR, ServerSentEvents, Ndjson];
}
