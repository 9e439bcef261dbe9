namespace Nexus.Monitoring.Contracts.About;

/// <summary>The log in Redis.</summary>
/// <param name="IsConnected">Whether it answers this node.</param>
/// <param name="Problem">Why not, as a sentence.</param>
/// <param name="Server">Version of Redis, or of what speaks its protocol.</param>
/// <param name="Endpoints">Where it is, without credentials.</param>
/// <param name="Length">About how many events it holds.</param>
/// <param name="MaxLength">About how many it is trimmed to by this node's own appends; producers have a setting of their own.</param>
/// <param name="Added">Entries that were ever appended; absent before Redis 7.</param>
/// <param name="First">Position of the oldest entry.</param>
/// <param name="Last">Position that was given out last.</param>
public sealed record LogReport(
    bool IsConnected, string? Problem, string? Server, IReadOnlyList<string> Endpoints, long? Length, long MaxLength, long? Added,
        string? First,
    string? Last);
