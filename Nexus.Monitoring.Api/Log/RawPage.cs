namespace Nexus.Monitoring.Api.Log;

/// <summary>A part of the log.</summary>
/// <param name="Entries">What stands there, in the order in which it was asked for.</param>
/// <param name="HasMore">Whether there may be more where it ends.</param>
internal readonly record struct RawPage(IReadOnlyList<RawEntry> Entries, bool HasMore)
{
    public int Count => Entries.Count;

    public RawEntry this[int index] => Entries[index];
}
