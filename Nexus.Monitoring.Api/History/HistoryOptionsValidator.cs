using Microsoft.Extensions.Options;

namespace Nexus.Monitoring.Api.History;

internal sealed class HistoryOptionsValidator : IValidateOptions<HistoryOptions>
{
    public ValidateOptionsResult Validate(string? name, HistoryOptions options)
    {
        List<string> problems = [];
        if (options.Path.Length > 0 && (options.Path.IndexOfAny(Path.GetInvalidPathChars()) >= 0 || Directory.Exists(options.Path)))
        {
            problems.Add($"{Key(nameof(options.Path))} is '{options.Path}'; the path of a file is allowed, such as .data/history/events.duckdb.");
        }

        Check(problems, nameof(options.MaxAge), options.MaxAge, TimeSpan.FromMinutes(1), TimeSpan.FromDays(36_500), mayBeZero: true);
        Check(problems, nameof(options.MaxSizeBytes), options.MaxSizeBytes, 16L * 1024 * 1024, 1L << 50, mayBeZero: true);
        Check(problems, nameof(options.MemoryLimitMegabytes), options.MemoryLimitMegabytes, 64, 1_048_576);
        Check(problems, nameof(options.CheckpointMegabytes), options.CheckpointMegabytes, 1, 65_536);
        Check(problems, nameof(options.Threads), options.Threads, 1, 256);
        Check(problems, nameof(options.CommitEvents), options.CommitEvents, 1, 1_000_000);
        Check(problems, nameof(options.CommitInterval), options.CommitInterval, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(1));
        Check(problems, nameof(options.RetentionInterval), options.RetentionInterval, TimeSpan.FromMilliseconds(10),
            TimeSpan.FromHours(24));
        Check(problems, nameof(options.QueryTimeout), options.QueryTimeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1));
        Check(problems, nameof(options.ConcurrentQueries), options.ConcurrentQueries, 1, 256);
        Check(problems, nameof(options.ConcurrentExports), options.ConcurrentExports, 1, 64);
        Check(problems, nameof(options.MaxImportBytes), options.MaxImportBytes, 1_024L, 1L << 50);
        Check(problems, nameof(options.MaxSessions), options.MaxSessions, 1, 10_000);
        Check(problems, nameof(options.MaxSessionsBytes), options.MaxSessionsBytes, 16L * 1024 * 1024, 1L << 50);
        Check(problems, nameof(options.SessionsMemoryMegabytes), options.SessionsMemoryMegabytes, 512, 1_048_576);
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static void Check<T>(List<string> problems, string property, T value, T least, T most, bool mayBeZero = false)
        where T : struct, IComparable<T>
    {
        var isZero = mayBeZero && value.CompareTo(default) == 0;
        if (!isZero && (value.CompareTo(least) < 0 || value.CompareTo(most) > 0))
        {
            problems.Add($"{Key(property)} is {value}; {(mayBeZero ? "zero for no limit, or " : "")}{least} to {most} is allowed.");
        }
    }

    private static string Key(string property) => $"{HistoryOptions.SectionName}:{property}";
}
