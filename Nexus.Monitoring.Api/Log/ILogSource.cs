using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Log;

/// <summary>The log's server, as far as reading needs it. Thread-safe.</summary>
/// <remarks>All methods throw <see cref="LogAwayException"/> when it does not answer.</remarks>
internal interface ILogSource
{
    /// <summary>Calls <paramref name="onDoorbell"/>, from any thread, when there may be something new, until the answer is disposed.</summary>
    Task<IAsyncDisposable> ListenAsync(Action onDoorbell);

    /// <summary>
    /// What stands from <paramref name="from"/> to <paramref name="to"/>, both inclusive, the oldest first. At most <paramref name="count"/>,
    /// and at least one where there is any.
    /// </summary>
    Task<RawPage> ReadAsync(LogPosition from, LogPosition to, int count);

    /// <summary>The same from <paramref name="from"/>, inclusive, backwards: the newest first.</summary>
    Task<RawPage> ReadBackAsync(LogPosition from, int count);

    Task<LogExtent> GetExtentAsync();

    /// <summary>What time it is where the log is; no entry that is still to come gets an earlier position.</summary>
    Task<DateTimeOffset> GetTimeAsync();

    /// <summary>
    /// Sees to it that new entries lie after <paramref name="position"/>, although the log no longer holds it; does nothing when they do
    /// anyway.
    /// </summary>
    Task AnchorAsync(LogPosition position);

    /// <summary>Asks that nothing after <paramref name="upto"/> be dropped for so long, within bounds; the last word of a holder counts.</summary>
    Task HoldAsync(string holder, LogPosition upto, TimeSpan lifetime);
}
