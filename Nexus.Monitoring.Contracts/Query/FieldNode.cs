namespace Nexus.Monitoring.Contracts.Query;

/// <summary>A test of one field. An event without the field does not match.</summary>
/// <param name="Field">Which one.</param>
/// <param name="Test">What its value has to be.</param>
public sealed record FieldNode(QueryField Field, FieldTest Test) : QueryNode;
