using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Nexus.Monitoring.Client.Reading;
using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Testing.Delivery;

namespace Nexus.IntegrationTests.Fixtures;

/// <summary>The client library's reader, which comes back by itself; what it gives its program is written down to be judged.</summary>
public sealed class LibraryReader : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly IHost _host;
    private readonly MonitoringStreamReader _reader;
    private readonly Task _reading;

    public LibraryReader(Uri node, StreamTransport transport, EventFilter? filter = null, LogPosition? cursor = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.AddNexusMonitoringReader(node, transport);
        _host = builder.Build();
        _reader = _host.Services.GetRequiredService<MonitoringStreamReader>();
        var wanted = filter ?? EventFilter.All;
        Journal = new ReaderJournal($"client over {transport} of {wanted}", wanted, hasIntervals: true);
        _reading = ReadAsync(cursor);
    }

    public ReaderJournal Journal { get; }

    /// <summary>Faulted when the reader gave up.</summary>
    public Task Reading => _reading;

    public Task HasBegunAsync() => Eventually.IsTrueAsync(() => Journal.Cursor is not null, $"{Journal} has begun");

    /// <summary>A reader that waits for its next attempt makes it now.</summary>
    public void TryNow() => _reader.TryNow();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _host.Dispose();
        _stop.Dispose();
    }

    private async Task ReadAsync(LogPosition? cursor)
    {
        try
        {
            // The connections are the reader's own affair, and so is that each was resumed.
            await foreach (var frame in _reader.ReadAsync(Journal.Filter, cursor, _stop.Token))
            {
                if (frame is not ResumedFrame)
                {
                    Journal.Take(frame);
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
        }
    }
}
