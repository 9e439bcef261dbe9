using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using Nexus.Redis.Hosting;
using StackExchange.Redis;

namespace Nexus.Redis.Tests.Embedded;

public sealed class EmbeddedRedisServerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private EmbeddedRedisOptions Options => new() { Port = 0, DataFolder = _folder.Path };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task StartAsync_OnAFolderWithData_KeepsEveryKind()
    {
        await using (var server = await EmbeddedRedisServer.StartAsync(Options))
        {
            using var connection = await ConnectAsync(server);
            var db = connection.GetDatabase();
            await db.ListRightPushAsync("queue", ["a", "b"]);
            await db.HashSetAsync("hash", "field", "value");
            await db.StringSetAsync("lease", "me", TimeSpan.FromMinutes(10));
            await db.StreamAddAsync("log", "e", "x", "1-1");
        }

        await using var again = await EmbeddedRedisServer.StartAsync(Options);
        using var reader = await ConnectAsync(again);
        Assert.Equal(["a", "b"], await reader.GetDatabase().ListRangeAsync("queue"));
        Assert.Equal("value", await reader.GetDatabase().HashGetAsync("hash", "field"));
        Assert.InRange((await reader.GetDatabase().KeyTimeToLiveAsync("lease"))!.Value, TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(10));
        Assert.Equal("x", (await reader.GetDatabase().StreamRangeAsync("log")).Single()["e"]);
    }

    [Fact]
    public async Task StartAsync_WithAClockThatWentBack_IdsStillRise()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(60));
        RedisValue before;
        await using (var server = await EmbeddedRedisServer.StartAsync(Options with { Clock = clock }))
        {
            using var connection = await ConnectAsync(server);
            before = await connection.GetDatabase().StreamAddAsync("log", "e", "1");
            await connection.GetDatabase().StreamDeleteAsync("log", [before]);
        }

        var earlier = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(50));
        await using var again = await EmbeddedRedisServer.StartAsync(Options with { Clock = earlier });
        using var writer = await ConnectAsync(again);
        var after = await writer.GetDatabase().StreamAddAsync("log", "e", "2");

        Assert.Equal($"{clock.GetUtcNow().ToUnixTimeMilliseconds()}-0", before);
        Assert.Equal($"{clock.GetUtcNow().ToUnixTimeMilliseconds()}-1", after);
    }

    [Fact]
    public async Task StartAsync_AfterACheckpoint_KeepsEntriesIdsAndCounts()
    {
        string expected;
        await using (var server = await EmbeddedRedisServer.StartAsync(Options))
        {
            await using var raw = await RespConnection.OpenAsync(server.Port);
            for (var number = 1; number <= 350; number++)
            {
                await raw.CallAsync("XADD", "log", "*", "e", $"{number}");
            }

            await raw.CallAsync("XADD", "log", "99999999999999-1", "e", "last");
            await raw.CallAsync("XDEL", "log", "99999999999999-1");
            await raw.CallAsync("XTRIM", "log", "MAXLEN", "210");
            Assert.Equal("+OK\r\n", await raw.CallAsync("SAVE"));
            await raw.CallAsync("XADD", "log", "*", "e", "after the checkpoint");
            await raw.CallAsync("XTRIM", "log", "MAXLEN", "~", "100");
            expected = await DescribeAsync(raw, "log");
        }

        await using var again = await EmbeddedRedisServer.StartAsync(Options);
        await using var reader = await RespConnection.OpenAsync(again.Port);
        Assert.Equal(expected, await DescribeAsync(reader, "log"));
        Assert.StartsWith("$16\r\n99999999999999-3", await reader.CallAsync("XADD", "log", "*", "e", "x"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Type_OfAStream_IsRefusedInsteadOfLeftUnanswered()
    {
        await using var server = await EmbeddedRedisServer.StartAsync(Options);
        await using var raw = await RespConnection.OpenAsync(server.Port);
        await raw.CallAsync("XADD", "log", "1-1", "e", "x");

        Assert.StartsWith("-NOPERM", await raw.CallAsync("TYPE", "log"), StringComparison.Ordinal);
        Assert.Equal("+PONG\r\n", await raw.CallAsync("PING"));
    }

    [Fact]
    public async Task XRead_ThatWouldBlock_IsRefused()
    {
        await using var server = await EmbeddedRedisServer.StartAsync(Options);
        await using var raw = await RespConnection.OpenAsync(server.Port);

        Assert.Equal(
            "-ERR XREAD BLOCK is not known here; read again after a message on a channel, or from time to time.\r\n",
            await raw.CallAsync("XREAD", "BLOCK", "0", "STREAMS", "log", "$"));
    }

    [Fact]
    public async Task StartAsync_FolderInUse_IsRefusedWithTheFolder()
    {
        await using var server = await EmbeddedRedisServer.StartAsync(Options);

        var error = await Assert.ThrowsAsync<EmbeddedRedisException>(() => EmbeddedRedisServer.StartAsync(Options));

        Assert.Equal(
            $"The data folder '{_folder.Path}' is in use by another server; stop that one or choose another folder with --data or NEXUS_REDIS_DATA.",
            error.Message);
    }

    [Fact]
    public async Task StartAsync_PortTaken_IsRefusedWithThePort()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var error = await Assert.ThrowsAsync<EmbeddedRedisException>(() => EmbeddedRedisServer.StartAsync(Options with { Port = port }));

        Assert.Equal(
            $"Port {port} on 127.0.0.1 is in use; stop the program that has it or choose another port with --port or NEXUS_REDIS_PORT.",
            error.Message);
    }

    [Fact]
    public async Task StartAsync_FolderIsAFile_IsRefusedWithTheFolder()
    {
        var file = Path.Combine(_folder.Path, "file");
        await File.WriteAllTextAsync(file, "");

        var error = await Assert.ThrowsAsync<EmbeddedRedisException>(
            () => EmbeddedRedisServer.StartAsync(Options with { DataFolder = file }));

        Assert.StartsWith($"The data folder '{file}' cannot be written (", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_AppendOnlyFileCutOff_KeepsWhatIsWhole()
    {
        await using (var server = await EmbeddedRedisServer.StartAsync(Options))
        {
            await using var raw = await RespConnection.OpenAsync(server.Port);
            for (var number = 1; number <= 1000; number++)
            {
                await raw.CallAsync("XADD", "log", $"{number}-0", "e", new string('x', 500));
            }
        }

        using (var file = new FileStream(Directory.GetFiles(_folder.Path, "aof.log.0", SearchOption.AllDirectories).Single(), FileMode.Open))
        {
            file.SetLength(file.Length / 2);
        }

        await using var again = await EmbeddedRedisServer.StartAsync(Options);
        using var connection = await ConnectAsync(again);
        var kept = await connection.GetDatabase().StreamRangeAsync("log");
        Assert.InRange(kept.Length, 300, 700);
        Assert.Equal(Enumerable.Range(1, kept.Length).Select(number => $"{number}-0"), kept.Select(entry => (string)entry.Id!));
    }

    /// <summary>A record may cross sectors, of which a kill leaves the first. Behind its version it is zero then.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(12)]
    [InlineData(36)]
    public async Task StartAsync_CommitRecordCutOff_KeepsAllBefore(int written)
    {
        await using (var server = await EmbeddedRedisServer.StartAsync(Options))
        {
            using var connection = await ConnectAsync(server);
            await connection.GetDatabase().StreamAddAsync("log", "e", "x", "1-1");
            var transaction = connection.GetDatabase().CreateTransaction();
            _ = transaction.StreamAddAsync("log", "e", "x", "1-2");
            _ = transaction.StreamAddAsync("log", "e", "x", "1-3");
            Assert.True(await transaction.ExecuteAsync());
        }

        using (var file = new KilledFile(_folder.Path))
        {
            file.AppendTornCommit(written);
        }

        await using (var again = await EmbeddedRedisServer.StartAsync(Options))
        {
            using var connection = await ConnectAsync(again);
            Assert.Equal(["1-1", "1-2", "1-3"], (await connection.GetDatabase().StreamRangeAsync("log")).Select(entry => (string)entry.Id!));
            await connection.GetDatabase().StreamAddAsync("log", "e", "x", "1-4");
        }

        await using var last = await EmbeddedRedisServer.StartAsync(Options);
        using var reader = await ConnectAsync(last);
        Assert.Equal(4, await reader.GetDatabase().StreamLengthAsync("log"));
    }

    [Fact]
    public async Task StartAsync_EndOfAPageNeverWritten_LeavesOutTheNextPage()
    {
        await using (var server = await EmbeddedRedisServer.StartAsync(Options))
        {
            using var connection = await ConnectAsync(server);
            await connection.GetDatabase().StreamAddAsync("log", "e", "x");
        }

        using (var file = new KilledFile(_folder.Path))
        {
            file.AppendPageBehindAGap();
        }

        await using (var again = await EmbeddedRedisServer.StartAsync(Options))
        {
            using var connection = await ConnectAsync(again);
            Assert.Equal(1, await connection.GetDatabase().StreamLengthAsync("log"));
            await connection.GetDatabase().StreamAddAsync("log", "e", "y");
        }

        await using var last = await EmbeddedRedisServer.StartAsync(Options);
        using var reader = await ConnectAsync(last);
        Assert.Equal(["x", "y"], (await reader.GetDatabase().StreamRangeAsync("log")).Select(entry => (string)entry["e"]!));
    }

    /// <summary>A checkpoint cuts the file where it finds it, which may be amid a transaction that the checkpoint holds.</summary>
    [Fact]
    public async Task StartAsync_TransactionWhoseBeginningIsCutOff_Starts()
    {
        await using (var server = await EmbeddedRedisServer.StartAsync(Options))
        {
            using var connection = await ConnectAsync(server);
            var transaction = connection.GetDatabase().CreateTransaction();
            _ = transaction.StreamAddAsync("log", "e", "x");
            Assert.True(await transaction.ExecuteAsync());
        }

        using (var file = new KilledFile(_folder.Path))
        {
            file.AppendCommandAgain();
        }

        await using var again = await EmbeddedRedisServer.StartAsync(Options);
        using var reader = await ConnectAsync(again);
        Assert.Equal(1, await reader.GetDatabase().StreamLengthAsync("log"));
    }

    [Theory]
    [InlineData("snapshot.obj.dat*", 1000)]
    [InlineData("snapshot.dat*", 0)]
    [InlineData("info.dat*", 0)]
    public async Task StartAsync_DamagedCheckpoint_IsRefused(string files, int from)
    {
        await using (var server = await EmbeddedRedisServer.StartAsync(Options))
        {
            await using var raw = await RespConnection.OpenAsync(server.Port);
            await raw.CallAsync("XADD", "log", "1-1", "e", new string('x', 10_000));
            await raw.CallAsync("SAVE");
        }

        foreach (var file in Directory.GetFiles(_folder.Path, files, SearchOption.AllDirectories))
        {
            Damage(file, from);
        }

        var error = await Assert.ThrowsAsync<EmbeddedRedisException>(() => EmbeddedRedisServer.StartAsync(Options));

        Assert.StartsWith($"The data in '{_folder.Path}' cannot be read (", error.Message, StringComparison.Ordinal);
    }

    private static void Damage(string file, int from)
    {
        using var stream = new FileStream(file, FileMode.Open);
        stream.Position = from;
        stream.Write(Enumerable.Repeat((byte)0x5A, (int)stream.Length - from).ToArray());
    }

    private static async Task<string> DescribeAsync(RespConnection raw, string key) =>
        await raw.CallAsync("XINFO", "STREAM", key) + await raw.CallAsync("XRANGE", key, "-", "+");

    private static Task<ConnectionMultiplexer> ConnectAsync(EmbeddedRedisServer server) =>
        ConnectionMultiplexer.ConnectAsync(server.ConnectionString);
}
