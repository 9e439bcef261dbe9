using System.Globalization;
using Nexus.Fanout.Cli;
using Nexus.Fanout.Results;
using Nexus.Fanout.Runs;

namespace Nexus.Fanout.Tests.Runs;

public sealed class LoadRunTests
{
    [Theory]
    [InlineData("--rate 500")]
    [InlineData("--window 64")]
    public async Task Execute_RedisPubSub_DeliversEverythingToEveryone(string pace)
    {
        Assert.SkipUnless(RedisServerProcess.IsInstalled, RedisServerProcess.WhyMissing);
        await using var redis = await RedisServerProcess.StartAsync();

        var result = Run($"--transport redis --clients 20 {pace}", redis.Port, redis.ProcessId);

        Assert.True(result.IsClean, result.ToText());
        Assert.Equal(20L * result.Published, result.Delivered);
        Assert.InRange(result.P50Ms, 0.001, result.MaxMs);
        Assert.True(result.ServerBytes > 0, result.ToJson());
    }

    /// <summary>Clients of another channel get nothing, and the run says so.</summary>
    [Fact]
    public async Task Execute_EventsThatReachNobody_AreLost()
    {
        Assert.SkipUnless(RedisServerProcess.IsInstalled, RedisServerProcess.WhyMissing);
        await using var redis = await RedisServerProcess.StartAsync();

        var result = Run("--transport redis --publish nexus --clients 2 --rate 200 --grace 0.1", redis.Port, redis.ProcessId);

        Assert.False(result.IsClean);
        Assert.Equal(2L * result.Published, result.Lost);
    }

    private static LoadResult Run(string line, int port, int pid)
    {
        var arguments = string.Create(CultureInfo.InvariantCulture, $"{line} --port {port} --server-pid {pid} --warmup 0.1 --duration 0.4 --settle 0");
        using var rig = new Rig(OptionsParser.Parse(arguments.Split(' ')));
        return new LoadRun(rig).Execute();
    }
}
