namespace Nexus.Monitoring.Contracts.Query;

/// <summary>The field's value lies on one side of a bound: <c>duration_ms:&gt;2000</c>.</summary>
/// <param name="Operator">Which side.</param>
/// <param name="Bound">The bound.</param>
public sealed record ComparisonTest(ComparisonOperator Operator, QueryValue Bound) : FieldTest;
