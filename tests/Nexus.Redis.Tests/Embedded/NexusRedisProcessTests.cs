using System.Diagnostics;
using StackExchange.Redis;

namespace Nexus.Redis.Tests.Embedded;

public sealed class NexusRedisProcessTests
{
    [Fact]
    public async Task KillAsync_UnderLoad_LosesNothingThatWasAcknowledged()
    {
        await using var server = await NexusRedisProcess.StartAsync();
        var acknowledged = new List<string>();
        var load = AddUntilCutAsync(server.ConnectionString, acknowledged);
        await Eventually.IsTrueAsync(() => Count(acknowledged) > 2000, "2 000 entries are acknowledged");
        await SaveAsync(server.Port);
        var atCheckpoint = Count(acknowledged);
        await Eventually.IsTrueAsync(() => Count(acknowledged) > atCheckpoint + 2000, "2 000 more are acknowledged");

        await server.KillAsync();
        await load;
        await server.RestartAsync();

        using var connection = await ConnectionMultiplexer.ConnectAsync(server.ConnectionString);
        var kept = (await connection.GetDatabase().StreamRangeAsync("log")).Select(entry => (string)entry.Id!).ToList();
        Assert.Equal(acknowledged, kept.Take(acknowledged.Count));
    }

    /// <summary>A transaction that a kill cut short must not take in what the next process writes.</summary>
    [Fact]
    public async Task KillAsync_AmidTransactions_AgainAndAgain_KeepsEachWholeOrNotAtAll()
    {
        const int size = 400;
        await using var server = await NexusRedisProcess.StartAsync();
        var acknowledged = 0;
        for (var life = 0; life < 5; life++)
        {
            var before = Volatile.Read(ref acknowledged);
            var load = CommitUntilCutAsync(server.ConnectionString, size, () => Interlocked.Increment(ref acknowledged));
            await Eventually.IsTrueAsync(() => Volatile.Read(ref acknowledged) > before + 20, "transactions are acknowledged");
            if (life % 2 == 1)
            {
                await SaveAsync(server.Port);
            }

            await server.KillAsync();
            await load;
            await server.RestartAsync();

            using var connection = await ConnectionMultiplexer.ConnectAsync(server.ConnectionString);
            var kept = await connection.GetDatabase().StreamLengthAsync("log");
            Assert.Equal(0, kept % size);
            Assert.InRange(kept / size, acknowledged, acknowledged + life + 1);
        }
    }

    /// <summary>Values that were replaced during a checkpoint are in the later ones too, as nothing but the note that they were.</summary>
    [Fact]
    public async Task RestartAsync_CheckpointOfACheckpointThatWasReadBack_KeepsAll()
    {
        await using var server = await NexusRedisProcess.StartAsync();
        await AddLargeAsync(server.ConnectionString, 24);
        var added = 24L;
        using (var replacing = new CancellationTokenSource())
        {
            var load = ReplaceAsync(server.ConnectionString, replacing.Token);
            for (var checkpoint = 0; checkpoint < 4; checkpoint++)
            {
                await SaveAsync(server.Port);
            }

            await replacing.CancelAsync();
            added += await load;
        }

        await SaveAsync(server.Port);
        for (var life = 0; life < 2; life++)
        {
            await server.KillAsync();
            await server.RestartAsync();
            await SaveAsync(server.Port);
        }

        await server.KillAsync();
        await server.RestartAsync();
        using var connection = await ConnectionMultiplexer.ConnectAsync(server.ConnectionString);
        Assert.Equal(added, await connection.GetDatabase().StreamLengthAsync("log"));
        Assert.Equal(added - 24, (long)await connection.GetDatabase().HashGetAsync("hash", "added"));
    }

    [Fact]
    public async Task StopAsync_WhileConnected_EndsInSecondsAndKeepsAll()
    {
        await using var server = await NexusRedisProcess.StartAsync();
        using (var connection = await ConnectionMultiplexer.ConnectAsync(server.ConnectionString))
        {
            await connection.GetDatabase().StreamAddAsync("log", "e", "x", "1-1");
            var started = Stopwatch.GetTimestamp();

            Assert.Equal(0, await server.StopAsync());

            Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(8));
        }

        await server.RestartAsync();
        using var again = await ConnectionMultiplexer.ConnectAsync(server.ConnectionString);
        Assert.Equal("1-1", (await again.GetDatabase().StreamRangeAsync("log")).Single().Id);
    }

    [Fact]
    public async Task StartAsync_Ready_SaysWhereItListensAndItsData()
    {
        await using var server = await NexusRedisProcess.StartAsync();

        await Eventually.IsTrueAsync(() => server.Output.Length > 0, "the server says that it is ready");
        Assert.Equal($"listening on 127.0.0.1:{server.Port}, data in {server.DataFolder}", server.Output);
    }

    [Theory]
    [InlineData("--port 70000", "--port is '70000'; allowed is a number from 0 to 65535.")]
    [InlineData("--data", "--data needs a value.")]
    [InlineData("--data /dev/null/x", "The data folder '/dev/null/x' cannot be written (*")]
    public async Task Program_ThatCannotRun_SaysSoInOneLineAndExitsWithOne(string arguments, string expected)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [BuiltProgram.Path("Nexus.Redis"), .. arguments.Split(' ')])
        {
            RedirectStandardError = true,
        })!;
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.Equal(1, process.ExitCode);
        Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith(expected.TrimEnd('*'), error, StringComparison.Ordinal);
    }

    private static async Task AddUntilCutAsync(string server, List<string> acknowledged)
    {
        using var connection = await ConnectionMultiplexer.ConnectAsync(server);
        try
        {
            while (true)
            {
                var ids = await Task.WhenAll(
                    Enumerable.Range(0, 50).Select(number => connection.GetDatabase().StreamAddAsync("log", "e", number)));
                lock (acknowledged)
                {
                    acknowledged.AddRange(ids.Select(id => (string)id!));
                }
            }
        }
        catch (RedisException)
        {
            // The server was killed
        }
    }

    private static async Task CommitUntilCutAsync(string server, int size, Action acknowledged)
    {
        using var connection = await ConnectionMultiplexer.ConnectAsync(server);
        try
        {
            while (true)
            {
                var transaction = connection.GetDatabase().CreateTransaction();
                for (var number = 0; number < size; number++)
                {
                    _ = transaction.StreamAddAsync("log", "e", number);
                }

                Assert.True(await transaction.ExecuteAsync());
                acknowledged();
            }
        }
        catch (RedisException)
        {
            // The server was killed
        }
    }

    /// <summary>More in all than the buffers that a checkpoint is read through.</summary>
    private static async Task AddLargeAsync(string server, int count)
    {
        using var connection = await ConnectionMultiplexer.ConnectAsync(server);
        for (var number = 0; number < count; number++)
        {
            await connection.GetDatabase().StreamAddAsync("log", "e", new byte[1 << 20]);
        }
    }

    private static async Task<long> ReplaceAsync(string server, CancellationToken cancellation)
    {
        using var connection = await ConnectionMultiplexer.ConnectAsync(server);
        var added = 0L;
        while (!cancellation.IsCancellationRequested)
        {
            await connection.GetDatabase().StreamAddAsync("log", "e", "x");
            await connection.GetDatabase().HashSetAsync("hash", "added", ++added);
        }

        return added;
    }

    private static async Task SaveAsync(int port)
    {
        await using var raw = await RespConnection.OpenAsync(port);
        Assert.Equal("+OK\r\n", await raw.CallAsync("SAVE"));
    }

    private static int Count(List<string> acknowledged)
    {
        lock (acknowledged)
        {
            return acknowledged.Count;
        }
    }
}
