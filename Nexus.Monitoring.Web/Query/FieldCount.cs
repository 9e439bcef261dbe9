namespace Nexus.Monitoring.Web.Query;

/// <summary>A value of a field.</summary>
/// <param name="Value">As it stands in events.</param>
/// <param name="Count">How many of those looked at have it.</param>
public readonly record struct FieldCount(string Value, long Count);
