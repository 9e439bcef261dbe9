using System.Diagnostics;
using Nexus.Monitoring.Contracts.State;

namespace Nexus.Monitoring.Web.About;

/// <summary>
/// How long it takes from here to the next picture of one browser and back: what its network and its own work add to the way of an event.
/// By this machine's clock alone.
/// </summary>
internal sealed class BrowserMeter(TimeProvider clock)
{
    /// <summary>A browser that paints nothing, because nobody looks, tells nothing.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public RecentDurations RoundTrips { get; } = new(clock, 12, TimeSpan.FromSeconds(5));

    /// <param name="painted">Ends with the browser's next picture; false when it does not tell.</param>
    /// <param name="cancellationToken">Ends it unmeasured.</param>
    public async Task MeasureAsync(Func<Task<bool>> painted, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        try
        {
            if (await painted().WaitAsync(Patience, cancellationToken))
            {
                RoundTrips.Record(Stopwatch.GetElapsedTime(began));
            }
        }
        catch (Exception gone) when (gone is TimeoutException or OperationCanceledException)
        {
            // Nothing was painted, so nothing is measured.
        }
    }
}
