using System.Globalization;
using Nexus.Monitoring.Web.Pages;
using Nexus.Monitoring.Web.Sessions;

namespace Nexus.Monitoring.Web.Trends;

/// <summary>What trends are about: a period and which events; as it stands in an address.</summary>
public sealed record TrendScope
{
    private const string Quoted = "\"";

    public required TimeRange Range { get; init; }

    public string? Project { get; init; }

    public string? TaskType { get; init; }

    /// <summary>A query of docs/query.md.</summary>
    public string? Query { get; init; }

    /// <summary>A line each for <c>project</c>, <c>task_type</c>, <c>phase</c> or <c>worker</c>; one line when absent.</summary>
    public string? By { get; init; }

    /// <summary>Id of the imported session that it is of; null for what is live.</summary>
    public string? Session { get; init; }

    /// <summary>How often a period that ends now is asked for again.</summary>
    public TimeSpan Refresh(DateTimeOffset now)
    {
        var (from, to) = Range.At(now);
        return !Range.EndsNow ? TimeSpan.MaxValue : (to - from).TotalHours switch
        {
            <= 1 => TimeSpan.FromSeconds(5),
            <= 6 => TimeSpan.FromSeconds(20),
            <= 24 => TimeSpan.FromMinutes(1),
            _ => TimeSpan.FromMinutes(5),
        };
    }

    /// <summary>The period at that moment. One that ends now moves on in steps, so that all who look at it ask the same question.</summary>
    public TrendPeriod At(DateTimeOffset now)
    {
        if (Range.EndsNow && Session is null)
        {
            var refresh = Refresh(now).Ticks;
            now = new DateTimeOffset(now.UtcTicks / refresh * refresh, TimeSpan.Zero);
        }

        // The last event of a session belongs to it, and the end of a period does not.
        var (from, to) = Range.At(Range.EndsNow && Session is not null ? now.AddMilliseconds(1) : now);
        return new TrendPeriod(from, to);
    }

    /// <summary>What the API is asked.</summary>
    public string Question(string path, TrendPeriod period, params ReadOnlySpan<(string Name, string? Value)> more) => PageAddress.With(
        path, [("from", Time(period.From)), ("to", Time(period.To)), ("q", Filter), (ImportedSession.Parameter, Session), .. more]);

    /// <summary>Project, task type and query as one query; null when everything counts.</summary>
    public string? Filter
    {
        get
        {
            List<string> terms = [];
            if (!string.IsNullOrEmpty(Project))
            {
                terms.Add($"project_id:{Quote(Project)}");
            }

            if (!string.IsNullOrEmpty(TaskType))
            {
                terms.Add($"task_type:{Quote(TaskType)}");
            }

            if (!string.IsNullOrWhiteSpace(Query))
            {
                terms.Add(terms.Count > 0 ? $"({Query})" : Query);
            }

            return terms.Count == 0 ? null : string.Join(' ', terms);
        }
    }

    internal static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture);

    private static string Quote(string text) =>
        Quoted + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(Quoted, "\\" + Quoted, StringComparison.Ordinal) + Quoted;
}
