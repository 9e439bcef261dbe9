namespace Nexus.Monitoring.Contracts.Query;

/// <summary>A part of a query. Immutable.</summary>
public abstract record QueryNode
{
    /// <summary>The part in the query language; parsing it gives an equal part.</summary>
    public sealed override string ToString() => QueryPrinter.Print(this);
}
