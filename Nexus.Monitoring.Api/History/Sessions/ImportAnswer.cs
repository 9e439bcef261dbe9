namespace Nexus.Monitoring.Api.History.Sessions;

/// <summary>What became of an import.</summary>
/// <param name="Session">Give it as <c>session</c> wherever the history is asked.</param>
/// <param name="Imported">How many events it holds.</param>
/// <param name="Rejected">How many lines were none.</param>
/// <param name="From">The first position; absent when there is none.</param>
/// <param name="Upto">The last position.</param>
/// <param name="Problems">The first of what was wrong.</param>
internal sealed record ImportAnswer(string Session, long Imported, long Rejected, string? From, string? Upto,
    IReadOnlyList<string> Problems);
