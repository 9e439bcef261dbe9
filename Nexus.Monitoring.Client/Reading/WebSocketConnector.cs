using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Client.Reading;

/// <summary>Connects to the plain WebSocket: one request, which any node can answer.</summary>
internal sealed class WebSocketConnector(StreamSockets sockets) : IStreamConnector
{
    public async Task<IStreamConnection> ConnectAsync(
        EventFilter filter, LogPosition? cursor, Action<StreamFrame> onFrame, CancellationToken cancellationToken)
    {
        var query = filter.ToQueryString();
        var path = $"ws/monitoring?format=batch{(query.Length > 0 ? "&" : "")}{query}{(cursor is { } position ? $"&cursor={position}" : "")}";
        return new WebSocketStreamConnection(
            await sockets.OpenAsync(path, cancellationToken).ConfigureAwait(false),
            frame =>
            {
                onFrame(frame);
                return default;
            });
    }
}
