namespace Nexus.Monitoring.Contracts.Stories;

/// <summary>Why a task waits, in one sentence.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="Status">Its status, such as <c>pending</c>.</param>
/// <param name="IsWaiting">Whether it waits at all.</param>
/// <param name="Sentence">The texts of the parts, joined.</param>
/// <param name="Parts">The sentence in pieces, those with a kind being links.</param>
/// <param name="Position">The log up to here is what the sentence was made of, as a cursor.</param>
public sealed record WhyAnswer(
    string TaskId, string Status, bool IsWaiting, string Sentence, IReadOnlyList<WhyPart> Parts, string Position);
