using Nexus.IntegrationTests.Transports;
using Nexus.Monitoring.Contracts.Filters;
using Nexus.Testing.Delivery;

namespace Nexus.IntegrationTests.Fixtures;

/// <summary>One Redis, API nodes over it and a producer: the test's whole world, to be broken as it likes.</summary>
public class Stack : IAsyncDisposable
{
    private Stack(IRedisServer redis, IReadOnlyList<ApiProcess> nodes, Producer producer)
    {
        Redis = redis;
        Nodes = nodes;
        Producer = producer;
    }

    public IRedisServer Redis { get; }

    public IReadOnlyList<ApiProcess> Nodes { get; }

    public Producer Producer { get; }

    public DeliveryLedger Ledger => Producer.Ledger;

    /// <param name="nodes">The settings of each node; as many nodes as settings.</param>
    public static Task<Stack> StartAsync(params (string Key, string Value)[][] nodes) => StartWithAsync([], nodes);

    /// <param name="producer">Settings of the producer.</param>
    /// <param name="nodes">The settings of each node; as many nodes as settings.</param>
    public static async Task<Stack> StartWithAsync(IEnumerable<KeyValuePair<string, string?>> producer, params (string Key, string Value)[][] nodes)
    {
        Assert.SkipUnless(RedisServerProcess.IsInstalled, RedisServerProcess.WhyMissing);
        var redis = await RedisServerProcess.StartAsync();
        var apis = await Task.WhenAll(nodes.Select(settings => ApiProcess.StartAsync(redis, settings)));
        return new Stack(redis, apis, await Producer.StartAsync(redis, producer));
    }

    public Uri Node(int index) => Nodes[index].Address;

    /// <summary>One client of every transport, filtered and not, that comes back by itself to the next of these nodes.</summary>
    public static async Task<IReadOnlyList<Subscriber>> FollowAllAsync(string project, params Uri[] nodes)
    {
        var readers = StreamTransports.All.SelectMany(transport => new[] { new Subscriber(transport), new Subscriber(transport, project) }).ToList();
        await Task.WhenAll(readers.Select(reader => reader.FollowAsync(nodes)));
        return readers;
    }

    /// <summary>Waits until each reader has come to the end of what was acknowledged, and judges all of them.</summary>
    public async Task ProveAsync(params IReadOnlyList<Subscriber> readers)
    {
        await Producer.FlushAsync();
        await Task.WhenAll(readers.Select(reader => reader.ReachesAsync(Ledger.Last(reader.Journal.Filter), TimeSpan.FromSeconds(40))));
        await ProveAsync(readers.Select(reader => reader.Journal));
    }

    /// <summary>The same for readers that are not ours.</summary>
    public async Task ProveAsync(params IEnumerable<ReaderJournal> journals)
    {
        await Producer.FlushAsync();
        var last = Ledger.Last(EventFilter.All);
        await Task.WhenAll(journals.Select(journal => Eventually.IsTrueAsync(
            () => journal.Cursor >= Ledger.Last(journal.Filter), $"{journal} reaches the end", TimeSpan.FromSeconds(40))));
        var breaches = DeliveryJudge.Judge(Ledger, last, journals);
        Assert.True(breaches.Count == 0, $"{breaches.Count} breaches: {string.Join(Environment.NewLine, breaches.Take(20))}");
    }

    public async ValueTask DisposeAsync()
    {
        await Producer.DisposeAsync();
        foreach (var node in Nodes)
        {
            await node.DisposeAsync();
        }

        await Redis.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
