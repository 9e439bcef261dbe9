namespace Nexus.Monitoring.Web.Sessions;

/// <summary>An imported session as the API lists it.</summary>
/// <param name="Session">Its id.</param>
/// <param name="ImportedAt">When it was imported.</param>
/// <param name="Bytes">How large its file is.</param>
internal sealed record SessionFile(string Session, DateTimeOffset ImportedAt, long Bytes);
