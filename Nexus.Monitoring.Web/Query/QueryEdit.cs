namespace Nexus.Monitoring.Web.Query;

/// <summary>What the query box shows after each key: colours, what is wrong, what could come next.</summary>
/// <param name="Pieces">The query in colours.</param>
/// <param name="WrongStart">Index of what is underlined; absent when the query is valid.</param>
/// <param name="WrongLength">How much of it.</param>
/// <param name="Choices">What could come; absent when nothing can be offered.</param>
public sealed record QueryEdit(IReadOnlyList<QueryPiece> Pieces, int? WrongStart, int WrongLength, QueryChoices? Choices);
