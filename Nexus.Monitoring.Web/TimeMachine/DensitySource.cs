using System.Globalization;
using Nexus.Monitoring.Contracts.Json;
using Nexus.Monitoring.Web.Api;
using Nexus.Monitoring.Web.Pages;

namespace Nexus.Monitoring.Web.TimeMachine;

/// <summary>
/// What the time bar draws, from the history. Asked once for all who look at the same stretch of time, and again only when it may have
/// changed. Thread-safe.
/// </summary>
internal sealed class DensitySource(ApiReader api, TimeProvider clock)
{
    /// <summary>Stretches kept; about 5 KB each.</summary>
    private const int MostKept = 64;

    /// <summary>The newest bars change.</summary>
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(4);

    private readonly Lock _gate = new();
    private readonly Dictionary<(DensityRange, DateTimeOffset), (Task<Density> Answer, long AskedAt)> _kept = [];

    /// <exception cref="ApiProblemException">The API does not answer, or keeps no history.</exception>
    public Task<Density> GetAsync(DensityRange range, DateTimeOffset end, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var key = (range, end);
            if (!_kept.TryGetValue(key, out var known) || known.Answer.IsFaulted || clock.GetElapsedTime(known.AskedAt) > MaxAge)
            {
                if (_kept.Count >= MostKept)
                {
                    _kept.Clear();
                }

                _kept[key] = known = (ReadAsync(range, end), clock.GetTimestamp());
            }

            return known.Answer.WaitAsync(cancellationToken);
        }
    }

    private async Task<Density> ReadAsync(DensityRange range, DateTimeOffset end)
    {
        var from = end - range.Length;
        var answer = await api.GetAsync(
            PageAddress.With(
                "api/stats/density", ("from", $"{new TimeAddress(from)}"), ("to", $"{new TimeAddress(end)}"),
                ("buckets", range.Bars.ToString(CultureInfo.InvariantCulture))),
            MonitoringJson.Context.DensityAnswer,
            CancellationToken.None);
        var density = new Density(end, new long[range.Bars], new long[range.Bars]);
        for (var bucket = 0; bucket < answer.Events.Count; bucket++)
        {
            // By its middle: the first may begin a little before what was asked for.
            var middle = answer.From.AddMilliseconds((bucket + 0.5) * answer.BucketMs);
            var bar = (int)Math.Floor((middle - from) / range.Bucket);
            if (bar >= 0 && bar < range.Bars)
            {
                density.Events[bar] += answer.Events[bucket];
                density.Failures[bar] += answer.Failures[bucket];
            }
        }

        return density;
    }
}
