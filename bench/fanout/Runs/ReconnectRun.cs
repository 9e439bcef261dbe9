using Nexus.Fanout.Clients;
using Nexus.Fanout.Measuring;
using Nexus.Fanout.Publishing;
using Nexus.Fanout.Results;

namespace Nexus.Fanout.Runs;

/// <summary>
/// Events flow at a steady rate; every client is cut off, stays away, and comes back at the same moment with the cursor of the last event
/// it has. A client is resumed when it has everything that was published before it came back.
/// </summary>
internal sealed class ReconnectRun(Rig rig)
{
    private const double RetrySeconds = 0.1;
    private const double FirstEventSeconds = 10;

    private readonly Cli.FanoutOptions _options = rig.Options;
    private readonly LatencyHistogram _times = new();
    private readonly Queue<(long At, int Client)> _retries = new();
    private readonly bool[] _isResumed = new bool[rig.Options.Clients];
    private RespReplies _positions = null!;
    private long _lastResumed;
    private int _resumed;
    private int _refusals;
    private string? _lastRefusal;

    public ReconnectResult Execute()
    {
        rig.ConnectAll();
        var format = rig.CreateFormat();
        _positions = (RespReplies)format.Replies;
        using var publisher = rig.CreatePublisher(format);
        publisher.Start(new Rate(_options.Rate, Clock.Now));
        Pump(publisher, Clock.Now + Clock.Of(_options.Warmup));
        AwaitFirstEvents(publisher);

        Cut();
        var cutAt = publisher.Published;
        Pump(publisher, Clock.Now + Clock.Of(_options.Away));

        rig.Clients.ConnectFailed = Retry;
        var target = publisher.Published;
        var start = Clock.Now;
        ConnectAll();
        var end = start + Clock.Of(_options.Duration);
        while (Clock.Now < end && _resumed < _options.Clients)
        {
            Pump(publisher, Clock.Now + 1);
            ConnectDue();
            CountResumed(start, target);
        }

        publisher.Stop();
        rig.Drain(() => Missing(publisher.Published));
        return Result(publisher.Published, target - cutAt, start);
    }

    private void Pump(Publisher publisher, long until)
    {
        do
        {
            rig.Clients.Pump(1);
            if (publisher.HasFailed)
            {
                publisher.Stop();
            }
        }
        while (Clock.Now < until);
    }

    /// <summary>Without an event a client has no cursor.</summary>
    private void AwaitFirstEvents(Publisher publisher)
    {
        var deadline = Clock.Now + Clock.Of(FirstEventSeconds);
        for (var client = 0; client < _options.Clients; client++)
        {
            while (rig.Tracker.Last(client) < 0)
            {
                Pump(publisher, Clock.Now);
                if (Clock.Now > deadline)
                {
                    throw new FanoutException(
                        $"Client {client} has received nothing within {_options.Warmup + FirstEventSeconds} s, so it has no cursor to come back with; the server cannot keep up with this --rate and so many --clients.");
                }
            }
        }
    }

    private void Cut()
    {
        for (var client = 0; client < _options.Clients; client++)
        {
            rig.Clients.Disconnect(client);
        }
    }

    private void ConnectAll()
    {
        for (var client = 0; client < _options.Clients; client++)
        {
            Connect(client);
        }
    }

    private void Connect(int client)
    {
        var last = rig.Tracker.Last(client);
        var cursor = _positions.Position(last)
            ?? throw new FanoutException($"Redis has not said where event {last} stands although a client has it.");
        rig.Clients.Connect(client, cursor);
    }

    private void Retry(int client, string why)
    {
        _refusals++;
        _lastRefusal = why;
        _retries.Enqueue((Clock.Now + Clock.Of(RetrySeconds), client));
    }

    private void ConnectDue()
    {
        while (_retries.TryPeek(out var next) && next.At <= Clock.Now)
        {
            _retries.Dequeue();
            Connect(next.Client);
        }
    }

    private void CountResumed(long start, int target)
    {
        for (var client = 0; client < _options.Clients; client++)
        {
            if (!_isResumed[client] && rig.Clients.State(client) == ClientState.Live && rig.Tracker.Awaited(client) >= target)
            {
                _isResumed[client] = true;
                _resumed++;
                _lastResumed = Clock.Now;
                _times.Record(Clock.Now - start);
            }
        }
    }

    /// <summary>Unlike in a load, a client without a connection is no excuse: it was to have come back.</summary>
    private long Missing(int published)
    {
        var missing = 0L;
        for (var client = 0; client < _options.Clients; client++)
        {
            missing += rig.Tracker.Lost(client, published);
        }

        return missing;
    }

    private ReconnectResult Result(int published, int away, long start) => new()
    {
        Run = RunDescription.Of(_options),
        EventsAway = away / _options.Step,
        Resumed = _resumed,
        AllResumedMs = _resumed == _options.Clients ? (_lastResumed - start) / 1000.0 : null,
        P50Ms = _times.Quantile(0.5) / 1000,
        P99Ms = _times.Quantile(0.99) / 1000,
        Refusals = _refusals,
        LastRefusal = _lastRefusal,
        Published = published,
        Delivered = rig.Tracker.Delivered,
        Lost = Missing(published),
        Duplicates = rig.Tracker.Duplicates,
        Late = rig.Tracker.Late,
        Foreign = rig.Tracker.Foreign,
        LastCloseStatus = rig.Clients.LastCloseStatus,
        Closed = rig.Clients.ClosedByServer,
    };
}
