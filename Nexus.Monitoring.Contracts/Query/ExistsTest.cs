namespace Nexus.Monitoring.Contracts.Query;

/// <summary>The event has the field: <c>error:*</c>.</summary>
public sealed record ExistsTest : FieldTest;
