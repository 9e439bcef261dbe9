using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Stories;
using Nexus.Monitoring.Web.Formatting;

namespace Nexus.Monitoring.Web.Stories;

/// <summary>What stands in the tooltip of a span: a heading, then lines of a name and a value apart by a tab; tooltip.js lays it out.</summary>
internal static class SpanWords
{
    /// <summary>Until when it was seen: of an orphaned attempt its worker's last sign of life, else its end.</summary>
    public static DateTimeOffset SeenUntil(StorySpan span, DateTimeOffset to) =>
        span.LastSeenAt is not { } seen || seen >= to ? to : seen < span.From ? span.From : seen;

    public static string Tip(StorySpan span, DateTimeOffset now, Times times)
    {
        var lines = new List<string> { Heading(span, now, times) };
        Add("Worker", span.WorkerId is { } worker ? $"worker {worker}" : null);
        Add("From", times.Milliseconds(span.From));
        Add("To", span.To is { } to ? times.Milliseconds(to) : null);
        Add("Last sign of life", span.LastSeenAt is { } seen ? $"{times.Milliseconds(seen)}, after {Durations.Text(SeenUntil(span, span.To ?? now) - span.From)} of work" : null);
        Add("Silent for", span is { LastSeenAt: { } since, To: { } verdict } ? $"{Durations.Text(verdict - since)} until the verdict" : null);
        Add("Measured", span.MeasuredMs is { } measured ? $"{Durations.Text(measured)} by its producer" : null);
        Add("Error", span.Error);
        return string.Join('\n', lines);

        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                lines.Add($"{name}\t{value.ReplaceLineEndings(" ")}");
            }
        }
    }

    private static string Heading(StorySpan span, DateTimeOffset now, Times times)
    {
        var took = Durations.Text(span.Duration(now));
        return span switch
        {
            { Kind: SpanKind.Waiting, To: null } => $"Waits, {took} so far",
            { Kind: SpanKind.Waiting } => $"Waited {took}",
            { Kind: SpanKind.BackOff, To: null } => $"Waits for another attempt, {took} so far",
            { Kind: SpanKind.BackOff } => $"{took} between attempts",
            { Outcome: EventStatuses.Orphaned, To: { } at } => $"Attempt {span.Attempt}, orphaned at {times.Clock(at)}",
            { Outcome: { } outcome } => $"Attempt {span.Attempt}, {outcome} after {took}",
            _ => $"Attempt {span.Attempt}, running for {took}",
        };
    }
}
