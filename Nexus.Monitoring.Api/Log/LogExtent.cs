namespace Nexus.Monitoring.Api.Log;

/// <summary>How much a log holds, and has ever held.</summary>
/// <param name="Length">Entries that are there.</param>
/// <param name="Added">Entries that were ever appended; null when the server does not count them.</param>
internal readonly record struct LogExtent(long Length, long? Added)
{
    /// <summary>Shorter logs are never trimmed: producers keep at least as many entries.</summary>
    private const long SmallestTrimmed = 1000;

    /// <summary>Trimming happens in whole nodes of the stream, so a trimmed log breathes a little.</summary>
    private const double TrimSlack = 0.9;

    /// <summary>Whether every entry that was ever appended is still there.</summary>
    public bool IsComplete => Added == Length;

    /// <summary>
    /// Whether a log of this extent can have been <paramref name="before"/> earlier, with nothing but appending and trimming in
    /// between. Without the server's count it is a judgement by length: trimming never makes a log much shorter.
    /// </summary>
    public bool CanContinue(LogExtent before) => Added is { } added && before.Added is { } addedBefore
        ? added >= addedBefore && Length > 0
        : Length >= Math.Max(SmallestTrimmed, before.Length * TrimSlack);
}
