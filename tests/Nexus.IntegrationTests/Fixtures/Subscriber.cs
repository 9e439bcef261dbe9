using Nexus.IntegrationTests.Transports;
using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Testing.Delivery;

namespace Nexus.IntegrationTests.Fixtures;

/// <summary>One client of the stream that writes down what it is sent, over as many connections as it makes.</summary>
public sealed class Subscriber : IAsyncDisposable
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(50);

    private readonly StreamTransport _transport;
    private readonly CancellationTokenSource _leaving = new();
    private StreamConnection? _connection;
    private Task _following = Task.CompletedTask;
    private Uri[] _nodes = [];
    private int _connections;

    public Subscriber(StreamTransport transport, string? project = null, string? query = null)
    {
        _transport = transport;
        Assert.True(FilterParser.TryCreate(project is null ? null : [project], null, null, false, query, out var filter, out _));
        Journal = new ReaderJournal(filter.MatchesAll ? transport.Name : $"{transport.Name} of {filter}", filter, transport.HasIntervals);
    }

    public ReaderJournal Journal { get; }

    /// <summary>Connections that were made so far.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>How the last connection ended; completes when it has.</summary>
    public Task<StreamEnd> Ended => _connection!.Ended;

    public bool IsOpen => _connection is { Ended.IsCompleted: false };

    /// <summary>Connects with what it has, and waits until it knows where its stream begins.</summary>
    public async Task OpenAsync(Uri node)
    {
        await OpenAsync(node, Journal.Cursor);
        var ended = Ended;
        await Eventually.IsTrueAsync(() => Journal.Cursor is not null || ended.IsCompleted, $"{Journal} knows where it begins");
    }

    /// <summary>Connects with a cursor that it did not get itself.</summary>
    public async Task OpenAsync(Uri node, LogPosition? cursor)
    {
        Journal.Connect(cursor);
        _connection = await _transport.OpenAsync(node, Journal.Filter, cursor, Journal);
        Interlocked.Increment(ref _connections);
    }

    /// <summary>Leaves without a word, as a program does that is killed.</summary>
    public async Task CloseAsync()
    {
        if (_connection is { } connection)
        {
            _connection = null;
            await connection.DisposeAsync();
        }
    }

    /// <summary>Opens, and from then on comes back whenever the connection ends, each time to the next of these nodes.</summary>
    public async Task FollowAsync(params Uri[] nodes)
    {
        _nodes = nodes;
        await OpenAsync(nodes[0]);
        _following = FollowAsync();
    }

    /// <summary>Waits until it was sent, or told that it will not be sent, everything up to here.</summary>
    public Task ReachesAsync(LogPosition position, TimeSpan? deadline = null) => Eventually.IsTrueAsync(
        () => Journal.Cursor >= position || Fault is not null, $"{Journal} reaches {position}", deadline);

    public Task ReceivesAsync(int count, TimeSpan? deadline = null) =>
        Eventually.IsTrueAsync(() => Journal.Count >= count, $"{count} events arrive at {Journal}", deadline);

    public async ValueTask DisposeAsync()
    {
        await _leaving.CancelAsync();
        await _following;
        await CloseAsync();
        _leaving.Dispose();
    }

    private Exception? Fault => _connection is { Ended.IsFaulted: true } ? _connection.Ended.Exception : null;

    private async Task FollowAsync()
    {
        for (var next = 1; !_leaving.IsCancellationRequested;)
        {
            try
            {
                if (_connection is { } connection)
                {
                    await connection.Ended.WaitAsync(_leaving.Token);
                    await CloseAsync();
                }

                await OpenAsync(_nodes[next++ % _nodes.Length]);
            }
            catch (Exception error) when (error is OperationCanceledException or HttpRequestException or StreamRefusedException)
            {
                await Task.Delay(RetryDelay, _leaving.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
