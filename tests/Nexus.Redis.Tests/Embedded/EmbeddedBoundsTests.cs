using Nexus.Redis.Hosting;
using StackExchange.Redis;

namespace Nexus.Redis.Tests.Embedded;

public sealed class EmbeddedBoundsTests : IDisposable
{
    private const long Megabyte = 1 << 20;

    private readonly TemporaryFolder _folder = new();

    private EmbeddedRedisOptions Options => new()
    {
        Port = 0,
        DataFolder = _folder.Path,
        Memory = EmbeddedRedisOptions.MinMemory,
        MaxAppendOnlyFile = 32 * Megabyte,
    };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task XAdd_WithMaxLength_FolderStaysSmall()
    {
        await using var server = await EmbeddedRedisServer.StartAsync(Options);
        using var connection = await ConnectAsync(server);
        var payload = new byte[4000];
        var largest = 0L;

        // The server looks once a second whether its files are too large. How much would be written between two looks depends on the machine.
        for (var round = 0; round < 8; round++)
        {
            for (long written = 0; written < 50 * Megabyte; written += 500 * payload.Length)
            {
                await AddAsync(connection.GetDatabase(), "log", payload, count: 500, maxLength: 5000);
                largest = Math.Max(largest, _folder.Size);
            }

            // Two segments of 64 MB that are partly dead, the index of 16 MB, one checkpoint
            await Eventually.IsTrueAsync(() => _folder.Size < 200 * Megabyte, "what is superseded leaves the disk");
        }

        Assert.InRange(await connection.GetDatabase().StreamLengthAsync("log"), 5000, 5100);
        // And one segment that grows until the next look, and the new checkpoint beside the old one
        Assert.InRange(largest, 0, 300 * Megabyte);
    }

    [Fact]
    public async Task XAdd_BeyondItsMemory_IsRefusedUntilTrimmed()
    {
        await using (var server = await EmbeddedRedisServer.StartAsync(Options))
        {
            using var connection = await ConnectAsync(server);
            var db = connection.GetDatabase();
            var error = await Assert.ThrowsAsync<RedisServerException>(async () =>
            {
                for (var megabytes = 0; megabytes < 200; megabytes++)
                {
                    await AddAsync(db, "log", new byte[Megabyte / 16], count: 16, maxLength: null);
                }
            });

            Assert.Equal("OOM command not allowed when used memory > 'maxmemory'.", error.Message);
            Assert.InRange(await db.StreamLengthAsync("log"), 1900, 2048);
        }

        await using var again = await EmbeddedRedisServer.StartAsync(Options);
        using var trimmer = await ConnectAsync(again);
        Assert.InRange(await trimmer.GetDatabase().StreamLengthAsync("log"), 1900, 2048);
        await trimmer.GetDatabase().StreamTrimAsync("log", 10);
        Assert.False((await trimmer.GetDatabase().StreamAddAsync("log", "e", "x")).IsNull);
    }

    [Fact]
    public async Task XAdd_MaxLengthThatDoesNotFit_KeepsWhatFits()
    {
        await using var server = await EmbeddedRedisServer.StartAsync(Options);
        using var connection = await ConnectAsync(server);

        for (var megabytes = 0; megabytes < 150; megabytes++)
        {
            await AddAsync(connection.GetDatabase(), "log", new byte[Megabyte / 16], count: 16, maxLength: 1_000_000);
        }

        Assert.InRange(await connection.GetDatabase().StreamLengthAsync("log"), 1900, 2048);
    }

    [Fact]
    public async Task Lists_LargerThanMemory_LoseNothing()
    {
        await using var server = await EmbeddedRedisServer.StartAsync(Options);
        using var connection = await ConnectAsync(server);
        var db = connection.GetDatabase();
        await AddAsync(db, "log", new byte[1000], count: 1000, maxLength: null);

        for (var list = 0; list < 400; list++)
        {
            var items = Enumerable.Range(0, 100).Select(item => (RedisValue)$"{list}:{item}:{new string('x', 10_000)}");
            await db.ListRightPushAsync($"list:{list}", [.. items]);
        }

        Assert.Equal(1000, await db.StreamLengthAsync("log"));
        for (var list = 0; list < 400; list++)
        {
            Assert.Equal(100, await db.ListLengthAsync($"list:{list}"));
            Assert.StartsWith($"{list}:0:", (string)(await db.ListLeftPopAsync($"list:{list}"))!, StringComparison.Ordinal);
        }
    }

    /// <summary>These tests are about bounds, and may run beside others on a slow machine.</summary>
    private static Task<ConnectionMultiplexer> ConnectAsync(EmbeddedRedisServer server) =>
        ConnectionMultiplexer.ConnectAsync($"{server.ConnectionString},asyncTimeout=60000");

    private static Task<RedisValue[]> AddAsync(IDatabase db, string key, byte[] payload, int count, long? maxLength) => Task.WhenAll(
        Enumerable.Range(0, count).Select(_ => db.StreamAddAsync(key, "e", payload, null, maxLength, useApproximateMaxLength: maxLength is not null)));
}
