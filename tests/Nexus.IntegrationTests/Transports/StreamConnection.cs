using System.Net.WebSockets;

namespace Nexus.IntegrationTests.Transports;

/// <summary>An open connection. Disposing of it leaves without a word.</summary>
public sealed class StreamConnection : IAsyncDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private readonly Func<ValueTask> _close;

    /// <param name="read">Reads until the end of the stream or until it is cancelled.</param>
    /// <param name="close">Gives the connection up.</param>
    public StreamConnection(Func<CancellationToken, Task<StreamEnd>> read, Func<ValueTask> close)
    {
        _close = close;
        Ended = Task.Run(() => ReadAsync(read));
    }

    /// <summary>Completes when the other side, or the network, has ended it. Faults when what came breaks the protocol.</summary>
    public Task<StreamEnd> Ended { get; }

    public async ValueTask DisposeAsync()
    {
        await _leaving.CancelAsync();
        await _close();
        try
        {
            await Ended;
        }
        finally
        {
            _leaving.Dispose();
        }
    }

    private async Task<StreamEnd> ReadAsync(Func<CancellationToken, Task<StreamEnd>> read)
    {
        try
        {
            return await read(_leaving.Token);
        }
        catch (Exception error) when (error is OperationCanceledException or WebSocketException or IOException or HttpRequestException or ObjectDisposedException)
        {
            return new StreamEnd(null, error.Message);
        }
    }
}
