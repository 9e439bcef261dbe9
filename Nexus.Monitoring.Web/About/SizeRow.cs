using Nexus.Monitoring.Contracts.About;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Web.Formatting;

namespace Nexus.Monitoring.Web.About;

/// <summary>How much of something there is, and of how much at most.</summary>
/// <param name="What">Such as "Log".</param>
/// <param name="Value">With its unit; "unknown" where it could not be found out.</param>
/// <param name="Bound">The most, with its unit; null where there is none.</param>
/// <param name="Share">Between 0 and 1; null where one of both is not known.</param>
/// <param name="Context">Since when, up to when.</param>
/// <param name="IsTight">Nearly full, and what comes next would be refused or forgotten although it matters. Log, ring and history are
/// full as they should be.</param>
public sealed record SizeRow(string What, string Value, string? Bound, double? Share, string Context, bool IsTight = false)
{
    private const double Tight = 0.9;
    private const string Unknown = "unknown";

    public static IReadOnlyList<SizeRow> All(InstanceReport report, DateTimeOffset now, Times times) =>
    [
        Count("Log", report.Log.Length, report.Log.MaxLength, "events", Span(report.Log.First, report.Log.Last, now, times), isAbout: true),
        Count("Ring, events", report.Ring.Events, report.Ring.MaxEvents, "events", After(report.Ring.After, now, times)),
        Bytes("Ring, memory", report.Ring.Bytes, report.Ring.MaxBytes, "the newest part of the log, as JSON"),
        Limited("State, tasks", report.State.Tasks, report.State.MaxTasks, "tasks",
            $"{Numbers.Whole(report.State.Events)} events folded in"),
        Count("State, runs", report.State.Runs, report.State.MaxRuns, "runs", "open and ended; the oldest are forgotten first"),
        .. report.History.IsKept
            ?
            [
                Count("History, events", report.History.Events, null, "events", Age(report.History, now, times)),
                Bytes("History, data", report.History.UsedBytes, report.History.MaxBytes,
                    report.History.FileBytes is { } file ? $"the file has {Numbers.Bytes(file)}" : ""),
            ]
            : (IEnumerable<SizeRow>)[],
        Limited("Connections", report.Connections.Open, report.Connections.Limit, report.Connections.Open == 1 ? "stream" : "streams",
            $"{Numbers.Whole(report.Connections.Opened)} opened since the start"),
    ];

    private static SizeRow Count(string what, long? value, long? most, string unit, string context, bool isAbout = false) => new(
        what, value is { } known ? $"{Numbers.Whole(known)} {unit}" : Unknown,
            most is { } bound ? (isAbout ? "about " : "") + Numbers.Whole(bound) : null,
        Part(value, most), context);

    private static SizeRow Limited(string what, long value, long most, string unit, string context)
    {
        var row = Count(what, value, most, unit, context);
        return row with { IsTight = row.Share > Tight };
    }

    private static SizeRow Bytes(string what, long? value, long? most, string context) => new(
        what, value is { } known ? Numbers.Bytes(known).ToString() : Unknown, most is { } bound ? Numbers.Bytes(bound).ToString() : null,
            Part(value, most), context);

    private static double? Part(long? value, long? most) =>
        value is { } known && most is > 0 ? Math.Clamp((double)known / most.Value, 0, 1) : null;

    private static string After(string position, DateTimeOffset now, Times times) =>
        LogPosition.TryParse(position, out var floor) && floor > LogPosition.Start
            ? $"since {times.Clock(floor.Time, now)}"
            : "since the beginning of the log";

    private static string Span(string? first, string? last, DateTimeOffset now, Times times) =>
        LogPosition.TryParse(first, out var oldest) && LogPosition.TryParse(last, out var newest)
            ? $"from {times.Clock(oldest.Time, now)} to {times.Clock(newest.Time, now)}"
            : "empty";

    private static string Age(HistoryReport history, DateTimeOffset now, Times times)
    {
        List<string> parts = [];
        if (history.After is { } after)
        {
            parts.Add(After(after, now, times));
        }

        if (history.BehindSeconds is { } behind)
        {
            parts.Add($"{Durations.Text(TimeSpan.FromSeconds(behind))} behind the log");
        }

        parts.Add(history.MaxAgeSeconds is { } age
            ? $"kept for {Numbers.Plural((long)TimeSpan.FromSeconds(age).TotalDays, "day", "days")}" : "kept without limit of age");
        return string.Join(", ", parts);
    }
}
