using System.Net.WebSockets;
using Microsoft.AspNetCore.SignalR.Client;
using Nexus.Monitoring.Contracts.Frames;

namespace Nexus.Monitoring.Client.Reading;

internal sealed class HubStreamConnection : IStreamConnection
{
    private readonly HubConnection _connection;
    private readonly TaskCompletionSource<Exception?> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public HubStreamConnection(HubConnection connection)
    {
        _connection = connection;
        connection.Closed += reason =>
        {
            _ended.TrySetResult(Socket is { } socket && (int?)socket.CloseStatus == CloseCodes.BadRequest
                ? new StreamRefusedException(socket.CloseStatusDescription ?? "The node refuses the stream.", reason)
                : reason);
            return Task.CompletedTask;
        };
    }

    /// <summary>What the connection goes over; its close code tells what the hub's own words do not.</summary>
    public WebSocket? Socket { get; set; }

    public Task<Exception?> Ended => _ended.Task;

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
