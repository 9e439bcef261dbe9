namespace Nexus.Monitoring.Api.History.Sessions;

/// <summary>A history to ask: the one that is written, or an imported one, which stays as it is.</summary>
/// <param name="History">Answers.</param>
/// <param name="State">From where to where it goes.</param>
internal sealed record HistorySession(IEventHistory History, HistoryState State);
