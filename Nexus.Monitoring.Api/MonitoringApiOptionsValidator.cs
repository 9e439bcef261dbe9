using Microsoft.Extensions.Options;

namespace Nexus.Monitoring.Api;

internal sealed class MonitoringApiOptionsValidator : IValidateOptions<MonitoringApiOptions>
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(10);

    public ValidateOptionsResult Validate(string? name, MonitoringApiOptions options)
    {
        List<string> problems = [];
        Check(problems, nameof(options.RingEvents), options.RingEvents, 16, 16_777_216);
        Check(problems, nameof(options.RingBytes), options.RingBytes, 65_536L, 68_719_476_736L);
        Check(problems, nameof(options.BatchEvents), options.BatchEvents, 1, 10_000);
        Check(problems, nameof(options.BatchBytes), options.BatchBytes, 1_024, 16_777_216);
        Check(problems, nameof(options.CatchUpEvents), options.CatchUpEvents, 1, 1_000_000_000);
        Check(problems, nameof(options.SlowConsumerEvents), options.SlowConsumerEvents, 1, 1_000_000_000);
        Check(problems, nameof(options.PingInterval), options.PingInterval, Shortest, TimeSpan.FromHours(1));
        Check(problems, nameof(options.StallTimeout), options.StallTimeout, Shortest, TimeSpan.FromHours(1));
        Check(problems, nameof(options.MaxConnections), options.MaxConnections, 1, 1_000_000);
        Check(problems, nameof(options.MaxClientMessageBytes), options.MaxClientMessageBytes, 256, 1_048_576);
        Check(problems, nameof(options.LogPollInterval), options.LogPollInterval, Shortest, TimeSpan.FromMinutes(1));
        Check(problems, nameof(options.LogRetryDelay), options.LogRetryDelay, Shortest, TimeSpan.FromMinutes(5));
        Check(problems, nameof(options.MaxEntryBytes), options.MaxEntryBytes, 1_024, 67_108_864);
        Check(problems, nameof(options.ConcurrentReplays), options.ConcurrentReplays, 1, 256);
        Check(problems, nameof(options.ReplayEventsPerSecond), options.ReplayEventsPerSecond, 100, 100_000_000);
        Check(problems, nameof(options.TracedEventsPerSecond), options.TracedEventsPerSecond, 0, 10_000);
        Check(problems, nameof(options.MaxRequestBytes), options.MaxRequestBytes, 1_024, 268_435_456);
        Check(problems, nameof(options.WatchLease), options.WatchLease, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        foreach (var origin in options.AllowedOrigins.Where(origin => !IsOrigin(origin)))
        {
            problems.Add(
                $"{Key(nameof(options.AllowedOrigins))} holds '{origin}'; scheme, host and port are allowed, such as https://ops.example.com.");
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static bool IsOrigin(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && uri.Scheme is "http" or "https"
        && uri.GetLeftPart(UriPartial.Authority).Equals(origin, StringComparison.OrdinalIgnoreCase);

    private static void Check<T>(List<string> problems, string property, T value, T least, T most) where T : IComparable<T>
    {
        if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0)
        {
            problems.Add($"{Key(property)} is {value}; {least} to {most} is allowed.");
        }
    }

    private static string Key(string property) => $"{MonitoringApiOptions.SectionName}:{property}";
}
