using Microsoft.AspNetCore.SignalR.Client;

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
            _ended.TrySetResult(reason);
            return Task.CompletedTask;
        };
    }

    public Task<Exception?> Ended => _ended.Task;

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
