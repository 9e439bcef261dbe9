namespace Nexus.Monitoring.Contracts.State;

/// <summary>Finds a group of errors by a title that need not be a string yet.</summary>
internal sealed class ErrorKeyComparer : IEqualityComparer<ErrorKey>, IAlternateEqualityComparer<ErrorKeySpan, ErrorKey>
{
    public bool Equals(ErrorKey? x, ErrorKey? y) => x is null ? y is null : y is not null && x.Equals(y);

    public int GetHashCode(ErrorKey obj) => Hash(obj.ProjectId, obj.Title);

    public bool Equals(ErrorKeySpan alternate, ErrorKey other) => alternate.ProjectId == other.ProjectId && alternate.Title.SequenceEqual(other.Title);

    public int GetHashCode(ErrorKeySpan alternate) => Hash(alternate.ProjectId, alternate.Title);

    public ErrorKey Create(ErrorKeySpan alternate) => new(alternate.ProjectId, alternate.Title.ToString());

    private static int Hash(string? projectId, ReadOnlySpan<char> title) =>
        HashCode.Combine(projectId, string.GetHashCode(title));
}
