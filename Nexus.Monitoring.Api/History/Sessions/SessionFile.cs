namespace Nexus.Monitoring.Api.History.Sessions;

/// <summary>An imported session.</summary>
/// <param name="Session">Give it as <c>session</c> wherever the history is asked.</param>
/// <param name="ImportedAt">When it was imported.</param>
/// <param name="Bytes">How large its file is.</param>
internal sealed record SessionFile(string Session, DateTimeOffset ImportedAt, long Bytes);
