using Nexus.Monitoring.Api.History.Reading;

namespace Nexus.Monitoring.Api.History.Sessions;

/// <summary>An imported session whose file is open.</summary>
internal sealed class OpenSession(HistoryStore store, DuckDbHistory history, HistoryState state) : IDisposable
{
    public HistorySession Session { get; } = new(history, state);

    /// <summary>The how manieth question it was that was last for this session.</summary>
    public long LastAsked { get; set; }

    public bool IsIdle => history.IsIdle;

    /// <summary>Who has just been given the session and asks it now is told that history does not answer, and may ask again.</summary>
    public void Close() => store.Dispose();

    public void Dispose()
    {
        history.Dispose();
        store.Dispose();
    }
}
