namespace Nexus.Monitoring.Contracts.Query;

/// <summary>A value that a query compares with. Immutable.</summary>
public abstract record QueryValue;
