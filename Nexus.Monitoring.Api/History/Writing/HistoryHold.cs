using Microsoft.Extensions.Options;
using Nexus.Monitoring.Api.Log;
using Nexus.Monitoring.Api.Streaming;

namespace Nexus.Monitoring.Api.History.Writing;

/// <summary>
/// Tells the log how far the history has come, so that a storm that is faster than it is written does not make what is missing be dropped.
/// Not for a history that is in trouble for longer: nobody knows when that ends.
/// </summary>
internal sealed class HistoryHold(
    ILogSource log, HistoryState state, TimeProvider time, IOptions<HistoryOptions> options) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>Long enough for a node that is started again.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    private readonly string _holder = Guid.NewGuid().ToString("N");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (options.Value.IsKept && !stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (state.MayPass)
                {
                    await log.HoldAsync(_holder, state.Head, Lifetime);
                }
            }
            catch (LogAwayException)
            {
                // Nothing is dropped by a log that does not answer.
            }

            await Task.Delay(Interval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
