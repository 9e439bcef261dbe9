namespace Nexus.Monitoring.Contracts.Query;

/// <summary>The part does not match; an event without the field that it asks for is one of these.</summary>
/// <param name="Part">What must not match.</param>
public sealed record NotNode(QueryNode Part) : QueryNode;
