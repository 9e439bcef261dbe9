using Microsoft.Extensions.Options;

namespace Nexus.Monitoring.Api.TimeMachine;

internal sealed class TimeMachineOptionsValidator : IValidateOptions<TimeMachineOptions>
{
    public ValidateOptionsResult Validate(string? name, TimeMachineOptions options)
    {
        List<string> problems = [];
        Check(problems, nameof(options.CheckpointEvents), options.CheckpointEvents, 100, 10_000_000);
        Check(problems, nameof(options.CheckpointDistance), options.CheckpointDistance, TimeSpan.Zero, TimeSpan.FromHours(1));
        Check(problems, nameof(options.MaxCheckpoints), options.MaxCheckpoints, 4, 100_000);
        Check(problems, nameof(options.MaxCheckpointBytes), options.MaxCheckpointBytes, 1_048_576L, 1L << 50);
        Check(problems, nameof(options.CheckpointInterval), options.CheckpointInterval, TimeSpan.FromMilliseconds(10), TimeSpan.FromHours(1));
        Check(problems, nameof(options.ConcurrentJumps), options.ConcurrentJumps, 1, 64);
        Check(problems, nameof(options.MaxJumpEvents), options.MaxJumpEvents, 1_000, 100_000_000);
        Check(problems, nameof(options.MaxReplays), options.MaxReplays, 1, 100_000);
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static void Check<T>(List<string> problems, string property, T value, T least, T most) where T : IComparable<T>
    {
        if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0)
        {
            problems.Add($"{TimeMachineOptions.SectionName}:{property} is {value}; {least} to {most} is allowed.");
        }
    }
}
