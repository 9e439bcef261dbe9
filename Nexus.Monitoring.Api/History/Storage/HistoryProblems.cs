namespace Nexus.Monitoring.Api.History.Storage;

/// <summary>Says in one sentence what is wrong with the file, and what helps.</summary>
internal static class HistoryProblems
{
    public static HistoryUnavailableException Explain(Exception error, string path)
    {
        var message = error.Message.ReplaceLineEndings(" ");
        var sentence = true switch
        {
            _ when Says(message, "Could not set lock") =>
                $"History file {path} is in use by another process; give each node a file of its own (Monitoring:History:Path).",
            _ when IsFull(error) =>
                $"The disk of history file {path} is full; nothing stored is lost, and writing goes on by itself once there is space.",
            _ when Says(message, "not a valid DuckDB database", "Corrupt", "checksum", "INTERNAL Error", "Serialization Error",
                "invalidated") =>
                $"History file {path} is damaged; move it away, and a new one begins with what the log still has.",
            _ when Says(message, "newer version of DuckDB", "database version") =>
                $"History file {path} was written by a newer version of DuckDB; run the newer program, or move the file away.",
            _ when error is UnauthorizedAccessException || Says(message, "Permission denied", "Read-only file system") =>
                $"History file {path} cannot be written; give this user the right to, or choose another path (Monitoring:History:Path).",
            _ => $"History file {path} cannot be used.",
        };
        return new HistoryUnavailableException($"{sentence} ({Shorten(message)})", error);
    }

    public static bool IsFull(Exception error) => Says(error.Message, "No space left", "disk is full", "Disk quota", "File too large");

    /// <summary>Whether a part of the file is not what was written there.</summary>
    public static bool IsDamage(Exception error) => Says(error.Message, "Corrupt", "checksum");

    private static bool Says(string message, params ReadOnlySpan<string> parts)
    {
        foreach (var part in parts)
        {
            if (message.Contains(part, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static string Shorten(string message) => message.Length <= 200 ? message : message[..200] + "…";
}
