using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Nexus.Monitoring.Client.Publishing;
using Nexus.Monitoring.Client.Tests.Redis;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.State;

namespace Nexus.Monitoring.Client.Tests.Docs;

public sealed class InstrumentYourAgentsTests
{
    private const int LongestWorker = 39;

    private static readonly string[] OnlyInAProgram = ["using Nexus.Monitoring.Client;", "builder.Build().Run();"];

    private static readonly string[] Blocks = ReadBlocks();

    /// <summary>Only what makes a program of the code differs.</summary>
    [Fact]
    public void Document_EveryLineOfCode_IsCompiledHere()
    {
        var compiled = File.ReadAllLines(Path.Combine(RepositoryRoot.Path, "tests/Nexus.Monitoring.Client.Tests/Docs/SmallWorker.cs"))
            .Select(line => line.Trim()).Where(line => line.Length > 0).ToList();
        Assert.Equal(5, Blocks.Length);
        foreach (var block in Blocks)
        {
            var from = 0;
            foreach (var line in block.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && !OnlyInAProgram.Contains(line)))
            {
                var found = compiled.IndexOf(line, from);
                Assert.True(found >= 0, $"not compiled, or in another order: {line}");
                from = found + 1;
            }
        }
    }

    [Fact]
    public void Document_Worker_IsShort() => Assert.InRange(Blocks[0].Split('\n').Length, 20, LongestWorker);

    [Fact]
    public async Task Document_Worker_ShowsWhatItSays()
    {
        await using var redis = new RedisFixture();
        await redis.InitializeAsync();
        using var host = SmallWorker.Build([$"--ConnectionStrings:redis={redis.Server.ConnectionString}", "--Logging:LogLevel:Default=None"]);
        await host.StartAsync(TestContext.Current.CancellationToken);
        await host.Services.GetServices<IHostedService>().OfType<SmallWorker.Summarizer>().Single().ExecuteTask!;
        await host.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, host.Services.GetRequiredService<IMonitoringPublisher>().Statistics.DroppedTotal);
        var state = new LiveState();
        foreach (var (e, position) in await redis.ReadLogAsync())
        {
            state.Apply(e, position);
        }

        var run = Assert.Single(state.EndedRuns);
        Assert.Equal((EventStatuses.Completed, "Summarise a folder", 3L), (run.Status, run.Name, run.Tasks.Completed));
        Assert.Equal(3L, Assert.Single(run.Phases).Counts!["completed"]);
        Assert.Equal(WorkerStatus.Stopped, state.Worker(1)!.Status);
    }

    private static string[] ReadBlocks()
    {
        var text = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs/instrument-your-agents.md"));
        return [.. text.Split("```csharp\n").Skip(1).Select(part => part[..part.IndexOf("```", StringComparison.Ordinal)].TrimEnd())];
    }
}
