using System.Net;
using System.Net.Sockets;
using Nexus.Fanout.Cli;
using Nexus.Fanout.Clients;
using Nexus.Fanout.Events;
using Nexus.Fanout.Measuring;
using Nexus.Fanout.Native;
using Nexus.Fanout.Protocols;
using Nexus.Fanout.Publishing;

namespace Nexus.Fanout.Runs;

/// <summary>Clients, publisher and measuring instruments as the options ask for them.</summary>
internal sealed class Rig : IDisposable
{
    private const int PumpMilliseconds = 5;
    private const double ConnectDeadlineSeconds = 60;

    /// <summary>From here on one in 16 latencies tells enough.</summary>
    private const int ManyClients = 64;

    private readonly byte[] _key = Mark.NewKey();

    public Rig(FanoutOptions options)
    {
        Options = options;
        Address = Resolve(options.Host);
        OpenFiles.AllowFor(options.Clients);
        Tracker = new SequenceTracker(options.Clients, options.Step, FirstOf(options));
        var sampleMask = options.Rate == 0 && options.Clients > ManyClients ? 15 : 0;
        Clients = new ClientLoop(new ClientSetup
        {
            Server = new IPEndPoint(Address, options.Port),
            Protocol = CreateProtocol(options),
            Clients = options.Clients,
            Frozen = options.Slow,
            Scanner = new MarkScanner(options.Clients, _key, options.Size, sampleMask, Tracker, Latencies),
        });
        Servers = new ServerProcesses(options.ServerPids);
    }

    public FanoutOptions Options { get; }

    public ClientLoop Clients { get; }

    public SequenceTracker Tracker { get; }

    public LatencyHistogram Latencies { get; } = new();

    public ServerProcesses Servers { get; }

    private IPAddress Address { get; }

    /// <summary>Connects every client and waits until all have their stream, and for the settling time after that.</summary>
    /// <returns>Microseconds that connecting took.</returns>
    public long ConnectAll()
    {
        var start = Clock.Now;
        for (var next = 0; next < Options.Clients || Clients.Pending > 0;)
        {
            while (next < Options.Clients && Clients.Pending < Options.ConnectAtOnce)
            {
                Clients.Connect(next++);
            }

            Clients.Pump(PumpMilliseconds);
            if (Clock.Seconds(Clock.Now - start) > ConnectDeadlineSeconds)
            {
                throw new FanoutException(
                    $"{Options.Clients - Clients.Streaming} of {Options.Clients} clients got no stream from {Options.Host}:{Options.Port} within {ConnectDeadlineSeconds} s.");
            }
        }

        var took = Clock.Now - start;
        PumpFor(Options.Settle);
        return took;
    }

    public Publisher CreatePublisher(PublishFormat format) => new(
        new IPEndPoint(Address, Options.PublishPort),
        format,
        new EventTemplate(Options.Size, Options.Projects, _key, DateTimeOffset.UtcNow),
        Options.Batch);

    public PublishFormat CreateFormat() => Options.Publish switch
    {
        PublishWith.Nexus => PublishFormat.Nexus(Options.Size, keepPositions: Options.Mode == Mode.Reconnect),
        PublishWith.Redis => PublishFormat.Redis(Options.Size, Options.Channel),
        PublishWith.Nats => PublishFormat.Nats(Options.Size, Options.Channel),
        _ => PublishFormat.Http(Options.Size, Options.PublishPath, $"{Options.Host}:{Options.PublishPort}", Options.Headers),
    };

    public void PumpFor(double seconds)
    {
        for (var end = Clock.Now + Clock.Of(seconds); Clock.Now < end;)
        {
            Clients.Pump(PumpMilliseconds);
        }
    }

    /// <summary>Reads on until nothing is missing any more, or nothing has come for the time of grace.</summary>
    public void Drain(Func<long> missing)
    {
        var lastDelivery = Clock.Now;
        for (var seen = -1L; Clock.Seconds(Clock.Now - lastDelivery) < Options.Grace && missing() > 0;)
        {
            Clients.Pump(PumpMilliseconds);
            if (Tracker.Delivered != seen)
            {
                seen = Tracker.Delivered;
                lastDelivery = Clock.Now;
            }
        }

        // A duplicate of the last events would follow closely.
        PumpFor(0.05);
    }

    /// <summary>Events that connected clients should have and have not. Those that never read are not asked.</summary>
    public long Lost(int published)
    {
        var lost = 0L;
        for (var client = Options.Slow; client < Options.Clients; client++)
        {
            lost += Clients.State(client) == ClientState.Live ? Tracker.Lost(client, published) : 0;
        }

        return lost;
    }

    public void Dispose() => Clients.Dispose();

    private static Func<int, int>? FirstOf(FanoutOptions options) =>
        options.HasNumberedFilter ? client => client % options.Projects
        : options.Step == 1 ? _ => 0
        : null;

    private static ClientProtocol CreateProtocol(FanoutOptions options)
    {
        var target = new HttpTarget($"{options.Host}:{options.Port}", options.Path!, options.Filter, options.Projects, options.Headers);
        return options.Transport switch
        {
            Transport.Sse => new HttpStreamProtocol(target, "text/event-stream"),
            Transport.Ndjson => new HttpStreamProtocol(target, "application/x-ndjson"),
            Transport.SignalR => new SignalRProtocol(target, subscribes: true),
            Transport.StockSignalR => new SignalRProtocol(target, subscribes: false),
            Transport.Redis => new RedisProtocol(options.Channel),
            Transport.Nats => new NatsProtocol(target, options.Channel),
            _ => new WebSocketProtocol(target),
        };
    }

    private static IPAddress Resolve(string host)
    {
        try
        {
            return Dns.GetHostAddresses(host, AddressFamily.InterNetwork) is [var address, ..]
                ? address
                : throw new FanoutException($"--host {host} has no IPv4 address.");
        }
        catch (SocketException error)
        {
            throw new FanoutException($"--host {host} cannot be resolved: {error.Message}.");
        }
    }
}
