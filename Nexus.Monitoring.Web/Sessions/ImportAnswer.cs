namespace Nexus.Monitoring.Web.Sessions;

/// <summary>What became of an import.</summary>
/// <param name="Session">The new session.</param>
/// <param name="Imported">How many events it holds.</param>
/// <param name="Rejected">How many lines were none.</param>
/// <param name="Problems">The first of what was wrong.</param>
internal sealed record ImportAnswer(string Session, long Imported, long Rejected, IReadOnlyList<string>? Problems);
