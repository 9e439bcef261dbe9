namespace Nexus.Monitoring.Contracts.Query;

/// <summary>All parts match.</summary>
/// <param name="Parts">Two or more.</param>
public sealed record AndNode(IReadOnlyList<QueryNode> Parts) : QueryNode
{
    /// <inheritdoc/>
    public bool Equals(AndNode? other) => other is not null && Parts.SequenceEqual(other.Parts);

    /// <inheritdoc/>
    public override int GetHashCode() => Parts.Aggregate(1, HashCode.Combine);
}
