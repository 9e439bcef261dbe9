namespace Nexus.Monitoring.Contracts.Query;

/// <summary>A keyword is as the pattern says, from its beginning to its end; a text holds it anywhere, in upper or lower case.</summary>
/// <param name="Pattern">The pattern.</param>
public sealed record PatternTest(QueryPattern Pattern) : FieldTest;
