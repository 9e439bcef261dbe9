namespace Nexus.Monitoring.Contracts.Query;

/// <summary>The field has exactly this value; upper and lower case are told apart, also in text: <c>message:="Done"</c>.</summary>
/// <param name="Value">The value.</param>
public sealed record EqualTest(QueryValue Value) : FieldTest;
