namespace Nexus.Monitoring.Contracts.Query;

/// <summary>The field's value lies between two bounds, or on one of them: <c>duration_ms:[100 TO 2000]</c>.</summary>
/// <param name="From">The least value.</param>
/// <param name="To">The greatest value.</param>
public sealed record RangeTest(QueryValue From, QueryValue To) : FieldTest;
