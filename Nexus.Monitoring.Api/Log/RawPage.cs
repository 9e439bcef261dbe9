namespace Nexus.Monitoring.Api.Log;

/// <summary>A part of the log.</summary>
/// <param name="Entries">What stands there, in the order in which it was asked for.</param>
/// <param name="HasMore">Whether there may be more where it ends.</param>
internal readonly record struct RawPage(List<RawEntry> Entries, bool HasMore)
{
    public int Count => Entries.Count;

    public RawEntry this[int index] => Entries[index];

    /// <summary>Gives back what it is made of; it must not be read after that.</summary>
    public void Return() => RawLists.Return(Entries);
}
