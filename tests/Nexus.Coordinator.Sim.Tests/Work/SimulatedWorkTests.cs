using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Nexus.Coordinator.Sim.Configuration;
using Nexus.Coordinator.Sim.Orchestration;
using Nexus.Coordinator.Sim.Scenarios;
using Nexus.Coordinator.Sim.Tests.Fixtures;
using Nexus.Coordinator.Sim.Work;

namespace Nexus.Coordinator.Sim.Tests.Work;

public sealed class SimulatedWorkTests
{
    private const int Attempts = 4_000;

    public static TheoryData<string> Types => [.. TaskTypes.All];

    [Theory]
    [MemberData(nameof(Types))]
    public void DrawLatency_ManyAttempts_HasMedianAndMeanOfTheProfile(string taskType)
    {
        var profile = WorkProfiles.Of(taskType);
        var random = new SeededRandom(7);
        var latencies = Enumerable.Range(0, Attempts).Select(_ => profile.DrawLatency(ref random).TotalSeconds).Order().ToList();

        Assert.InRange(latencies[Attempts / 2] / profile.Median.TotalSeconds, 0.93, 1.07);
        Assert.InRange(latencies.Average() / profile.Mean.TotalSeconds, 0.93, 1.07);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void DrawFailure_ManyAttempts_EveryKindComesByItsWeight(string taskType)
    {
        var profile = WorkProfiles.Of(taskType);
        var random = new SeededRandom(7);
        var drawn = Enumerable.Range(0, Attempts).Select(_ => profile.DrawFailure(ref random)).CountBy(kind => kind.Name).ToDictionary();

        foreach (var kind in profile.Failures)
        {
            var share = kind.Weight / profile.Failures.Sum(other => other.Weight);
            Assert.InRange(drawn[kind.Name] / (double)Attempts, share - 0.04, share + 0.04);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.2)]
    public async Task DoAsync_FailureRate_IsMetOverTheMixOfARun(double rate)
    {
        var time = new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.Zero };
        var work = Work(time, new SimulationOptions { FailureRate = rate, Rate = 5_000, Workers = 1 });
        var tasks = Enumerable.Range(1, 20).SelectMany(run => PipelineRunner.Tasks(new RunPlan(run, "p", "n", (ulong)run))).ToList();
        var failed = 0;
        foreach (var task in tasks)
        {
            var attempt = work.DoAsync(Jobs.New(type: task.TaskType) with { Seed = task.Seed }, TestContext.Current.CancellationToken);
            time.Advance(TimeSpan.FromMinutes(1));
            failed += await attempt.ContinueWith(t => t.IsFaulted ? 1 : 0, TaskScheduler.Default);
        }

        Assert.InRange(failed / (double)tasks.Count, rate * 0.85, rate * 1.15);
    }

    [Fact]
    public async Task DoAsync_SameJobAndAttempt_SameOutcomeAndLatency()
    {
        var job = Jobs.New(type: TaskTypes.DataAggregationExtract) with { Seed = 99 };

        Assert.Equal(await OutcomeAsync(job), await OutcomeAsync(job));
        Assert.NotEqual(await OutcomeAsync(job), await OutcomeAsync(job with { RetryCount = 1 }));
    }

    [Fact]
    public void Mix_OverManyPlans_IsWhatTheyAskFor()
    {
        var tasks = Enumerable.Range(1, 200).SelectMany(run => PipelineRunner.Tasks(new RunPlan(run, "p", "n", (ulong)run))).ToList();
        var shares = tasks.CountBy(task => task.TaskType).ToDictionary(type => type.Key, type => Math.Round(type.Value / (double)tasks.Count, 3));

        Assert.All(TaskTypes.All, type => Assert.InRange(shares[type] - WorkProfiles.Mix[type], -0.01, 0.01));
    }

    [Theory]
    [InlineData(12, 4, 3_000)]
    [InlineData(24, 4, 6_000)]
    [InlineData(12, 40, 300)]
    public void Scale_MeanLatency_LetsWorkersMeetTheRate(int workers, double rate, double milliseconds)
    {
        var pace = new Pace(Options.Create(new SimulationOptions { Workers = workers, Rate = rate }));

        Assert.Equal(milliseconds, pace.Scale(WorkProfiles.MeanLatency).TotalMilliseconds);
    }

    private static SimulatedWork Work(TimeProvider time, SimulationOptions options) =>
        new(new Pace(Options.Create(options)), new ScenarioClock(Options.Create(options), time), time);

    private static async Task<(TimeSpan Took, string Outcome)> OutcomeAsync(Sim.Queues.Job job)
    {
        var time = new FakeTimeProvider();
        var started = time.GetUtcNow();
        var attempt = Work(time, new SimulationOptions { FailureRate = 0.5 }).DoAsync(job, TestContext.Current.CancellationToken);
        while (!attempt.IsCompleted)
        {
            time.Advance(TimeSpan.FromMilliseconds(1));
        }

        try
        {
            return (time.GetUtcNow() - started, $"{await attempt}");
        }
        catch (WorkException exception)
        {
            return (time.GetUtcNow() - started, exception.Message);
        }
    }
}
