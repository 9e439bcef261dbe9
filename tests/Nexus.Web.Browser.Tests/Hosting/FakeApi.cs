using System.Runtime.CompilerServices;
using System.Text.Json;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Json;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.State;
using Nexus.Monitoring.Web.Live;
using Nexus.Testing.Fleet;

namespace Nexus.Web.Browser.Tests.Hosting;

/// <summary>An API in memory that can be stopped, started and made to lose events; what the dashboard shows of it is real.</summary>
internal sealed class FakeApi : IFeedSource, IDisposable
{
    private readonly MemoryLog _log = new();
    private readonly Lock _gate = new();
    private readonly LiveState _state = new();
    private CancellationTokenSource _down = new();

    public LogPosition Head => _log.Head;

    public int Connections { get; private set; }

    public MonitoringEvent Append(MonitoringEvent monitoringEvent)
    {
        lock (_gate)
        {
            var entry = _log.Append(monitoringEvent);
            _state.Apply(entry, _log.Head);
            return entry;
        }
    }

    public void Stop() => _down.Cancel();

    public void Start()
    {
        _down.Dispose();
        _down = new CancellationTokenSource();
    }

    public void Dispose() => _down.Dispose();

    public Task<LiveStateSnapshot> ReadStateAsync(CancellationToken cancellationToken)
    {
        ThrowIfDown();
        lock (_gate)
        {
            // Over JSON, as from the real one: the snapshot's lists are the state's own.
            var json = JsonSerializer.SerializeToUtf8Bytes(_state.ToSnapshot(), MonitoringJson.Context.LiveStateSnapshot);
            return Task.FromResult(JsonSerializer.Deserialize(json, MonitoringJson.Context.LiveStateSnapshot)!);
        }
    }

    public async IAsyncEnumerable<StreamFrame> ReadAsync(LogPosition after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ThrowIfDown();
        Connections++;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _down.Token);
        yield return new ResumedFrame { After = after, Replayed = 0 };
        var position = after;
        while (true)
        {
            var (events, upto) = _log.After(position, most: 1000);
            if (events.Count > 0)
            {
                yield return new EventsFrame { After = position, Upto = upto, Events = events };
                position = upto;
                continue;
            }

            try
            {
                await _log.AppendedAfterAsync(position, either.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                throw new IOException("The API ended the stream.");
            }
        }
    }

    private void ThrowIfDown()
    {
        if (_down.IsCancellationRequested)
        {
            throw new HttpRequestException("Connection refused");
        }
    }
}
