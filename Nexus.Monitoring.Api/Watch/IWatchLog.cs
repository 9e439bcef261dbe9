using Nexus.Monitoring.Api.Streaming;

namespace Nexus.Monitoring.Api.Watch;

/// <summary>What the watcher needs of the log's server.</summary>
/// <remarks>All methods throw <see cref="LogAwayException"/> when it does not answer; whether it did what it was asked is unknown then.</remarks>
internal interface IWatchLog
{
    Task<LogClock> ReadClockAsync();

    /// <summary>Becomes the watching node, under a token that no node had before; null while another one is.</summary>
    Task<WatchTerm?> TryAcquireAsync(TimeSpan timeToLive);

    /// <summary>Goes on watching: the term as the log knows it, or null when another node watches by now, or nobody.</summary>
    Task<WatchTerm?> RenewAsync(WatchTerm term, TimeSpan timeToLive);

    /// <summary>Lets another node watch at once.</summary>
    Task ReleaseAsync(WatchTerm term);

    /// <summary>Those of the workers whose heartbeat key lives.</summary>
    Task<IReadOnlySet<int>> FindAliveAsync(IReadOnlyList<int> workers);

    /// <summary>
    /// Appends the events, all in one piece. Verdicts that rest on the silence of a worker whose heartbeat key lives are left out.
    /// </summary>
    /// <returns>The term to go on with, and how many were appended; null, and nothing was, when a key changed meanwhile: the fence, because another node watches
    /// or an earlier append was carried out late, or a heartbeat.</returns>
    Task<(WatchTerm Term, int Appended)?> TryAppendAsync(WatchTerm term, IReadOnlyList<PendingVerdict> verdicts);
}
