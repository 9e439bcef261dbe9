using System.Threading.Channels;
using Nexus.Monitoring.Client.Reading;
using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Client.Tests.Reading;

/// <summary>The node's end of the stream.</summary>
internal sealed class FakeConnector : IStreamConnector
{
    private readonly Channel<Connection> _connections = Channel.CreateUnbounded<Connection>();

    /// <summary>Why the node takes no connections.</summary>
    public string? Refuses { get; set; }

    public async Task<Connection> AcceptAsync() =>
        await _connections.Reader.ReadAsync(new CancellationTokenSource(Eventually.DefaultDeadline).Token);

    public Task<IStreamConnection> ConnectAsync(
        EventFilter filter, LogPosition? cursor, Action<StreamFrame> onFrame, CancellationToken cancellationToken)
    {
        if (Refuses is { } reason)
        {
            throw new HttpRequestException(reason);
        }

        var connection = new Connection(filter, cursor, onFrame);
        _connections.Writer.TryWrite(connection);
        return Task.FromResult<IStreamConnection>(connection);
    }

    internal sealed class Connection(EventFilter filter, LogPosition? cursor, Action<StreamFrame> onFrame) : IStreamConnection
    {
        private readonly TaskCompletionSource<Exception?> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public EventFilter Filter => filter;

        public LogPosition? Cursor => cursor;

        public Task<Exception?> Ended => _ended.Task;

        public bool IsClosed { get; private set; }

        public void Send(StreamFrame frame) => onFrame(frame);

        public void Drop(string reason) => _ended.TrySetResult(new HttpRequestException(reason));

        public void Refuse(string reason) => _ended.TrySetResult(new StreamRefusedException(reason));

        public ValueTask DisposeAsync()
        {
            IsClosed = true;
            _ended.TrySetResult(null);
            return ValueTask.CompletedTask;
        }
    }
}
