using Microsoft.Extensions.Options;
using Nexus.Coordinator.Sim.Scenarios;

namespace Nexus.Coordinator.Sim.Configuration;

/// <summary>One sentence for each value that is not allowed: the key, the value, what is allowed.</summary>
internal sealed class SimulationOptionsValidator : IValidateOptions<SimulationOptions>
{
    public ValidateOptionsResult Validate(string? name, SimulationOptions options)
    {
        var problems = new List<string>();
        Range(nameof(options.Rate), options.Rate, 0.1, 5_000);
        Range(nameof(options.Workers), options.Workers, 1, 1_000);
        Range(nameof(options.TasksPerWorker), options.TasksPerWorker, 1, 100);
        Range(nameof(options.FailureRate), options.FailureRate, 0, 0.9);
        Range(nameof(options.MaxAttempts), options.MaxAttempts, 1, 20);
        Range(nameof(options.RetryDelaySeconds), options.RetryDelaySeconds, 0.1, 60);
        Range(nameof(options.WorkerReplacementSeconds), options.WorkerReplacementSeconds, 0, 3_600);
        Range(nameof(options.ShutdownGraceSeconds), options.ShutdownGraceSeconds, 0, 20);
        Range(nameof(options.QueueDepthIntervalSeconds), options.QueueDepthIntervalSeconds, 1, 3_600);
        if (options.RunsAtOnce is { } runs)
        {
            Range(nameof(options.RunsAtOnce), runs, 1, 200);
        }

        if (ScenarioCatalog.Find(options.Scenario) is null)
        {
            Add(nameof(options.Scenario), options.Scenario, $"one of {string.Join(", ", ScenarioCatalog.All.Select(s => s.Name))} is allowed");
        }

        if (options.ProjectIds.Count is 0 or > 100)
        {
            Add(nameof(options.Projects), options.Projects, "1 to 100 names joined by commas are allowed");
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);

        void Range(string key, double value, double least, double most)
        {
            if (!(value >= least && value <= most))
            {
                Add(key, FormattableString.Invariant($"{value}"), FormattableString.Invariant($"{least} to {most} is allowed"));
            }
        }

        void Add(string key, string value, string allowed) =>
            problems.Add($"{SimulationOptions.SectionName}:{key} is '{value}'; {allowed}.");
    }
}
