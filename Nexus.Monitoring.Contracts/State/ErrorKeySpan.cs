namespace Nexus.Monitoring.Contracts.State;

/// <summary>An <see cref="ErrorKey"/> on the stack.</summary>
internal readonly ref struct ErrorKeySpan(string? projectId, ReadOnlySpan<char> title)
{
    public string? ProjectId { get; } = projectId;

    public ReadOnlySpan<char> Title { get; } = title;
}
