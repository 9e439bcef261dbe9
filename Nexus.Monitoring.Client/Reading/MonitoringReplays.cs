using System.Globalization;
using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Client.Reading;

/// <summary>Opens replays of the log. Thread-safe.</summary>
public sealed class MonitoringReplays
{
    private readonly StreamSockets _sockets;

    internal MonitoringReplays(StreamSockets sockets) => _sockets = sockets;

    /// <summary>Replays what happened after a position; one attempt.</summary>
    /// <param name="filter">Which events are wanted.</param>
    /// <param name="after">Everything up to here is known; such as the position of <see cref="MonitoringApiClient.GetStateAsync(DateTimeOffset, CancellationToken)"/>.</param>
    /// <param name="speed">Seconds of the log in a second, 1 to 100.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="speed"/> is not from 1 to 100.</exception>
    /// <exception cref="StreamRefusedException">The node refuses what is asked for, such as a position in the future.</exception>
    /// <exception cref="System.Net.WebSockets.WebSocketException">The node is not reachable or refuses, such as when it serves too many replays.</exception>
    public async Task<MonitoringReplay> OpenAsync(
        EventFilter filter, LogPosition after, double speed = 1, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentOutOfRangeException.ThrowIfLessThan(speed, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(speed, 100);
        var query = filter.ToQueryString();
        var path = string.Create(
            CultureInfo.InvariantCulture, $"ws/monitoring?format=batch{(query.Length > 0 ? "&" : "")}{query}&from={after}&speed={speed}");
        return new MonitoringReplay(await _sockets.OpenAsync(path, cancellationToken).ConfigureAwait(false));
    }
}
