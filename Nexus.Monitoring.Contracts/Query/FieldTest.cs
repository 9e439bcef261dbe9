namespace Nexus.Monitoring.Contracts.Query;

/// <summary>What the value of a field has to be. Immutable.</summary>
public abstract record FieldTest;
