namespace Nexus.Monitoring.Contracts.Query;

/// <summary>Why a query was refused.</summary>
/// <param name="Column">Where, counted from 1 in characters (UTF-16) of the query; one past its end for what is missing there.</param>
/// <param name="Length">How many characters are meant; at least 1.</param>
/// <param name="Problem">What is wrong, as a sentence without its full stop.</param>
/// <param name="Expected">What was expected there, as the end of a sentence.</param>
public sealed record QueryError(int Column, int Length, string Problem, string Expected)
{
    /// <summary>What could stand in the place of the characters meant, so that this error is gone; null where nobody can know.</summary>
    public string? Replacement { get; init; }

    /// <summary>The query with <see cref="Replacement"/> put in; null without one.</summary>
    /// <param name="text">The query that was refused.</param>
    public string? Mend(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var start = Math.Min(Column - 1, text.Length);
        return Replacement is null ? null : text[..start] + Replacement + text[Math.Min(start + Length, text.Length)..];
    }

    /// <summary>One sentence: column, problem, what was expected.</summary>
    public override string ToString() => $"Column {Column}: {Problem}; expected {Expected}.";
}
