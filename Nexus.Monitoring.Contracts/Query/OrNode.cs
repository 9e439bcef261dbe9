namespace Nexus.Monitoring.Contracts.Query;

/// <summary>At least one part matches.</summary>
/// <param name="Parts">Two or more.</param>
public sealed record OrNode(IReadOnlyList<QueryNode> Parts) : QueryNode
{
    /// <inheritdoc/>
    public bool Equals(OrNode? other) => other is not null && Parts.SequenceEqual(other.Parts);

    /// <inheritdoc/>
    public override int GetHashCode() => Parts.Aggregate(2, HashCode.Combine);
}
