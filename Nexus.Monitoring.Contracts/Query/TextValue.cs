namespace Nexus.Monitoring.Contracts.Query;

/// <summary>Characters, as they are.</summary>
/// <param name="Text">Not empty.</param>
public sealed record TextValue(string Text) : QueryValue;
