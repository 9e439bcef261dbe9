namespace Nexus.Monitoring.Web.Query;

/// <summary>What can stand where the caret is.</summary>
/// <param name="Start">Index of the first character that a choice takes the place of.</param>
/// <param name="Length">How many characters that are.</param>
/// <param name="Title">What the choices are.</param>
/// <param name="Choices">The likeliest first.</param>
public sealed record QueryChoices(int Start, int Length, string Title, IReadOnlyList<QueryChoice> Choices);
