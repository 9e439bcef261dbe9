using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Web.Sessions;

/// <summary>An imported history, which never changes.</summary>
/// <param name="Id">What the API is asked with.</param>
/// <param name="End">Where its last event is.</param>
public sealed record ImportedSession(string Id, LogPosition End)
{
    /// <summary>In addresses, of pages and of the API.</summary>
    public const string Parameter = "session";
}
