using System.Text.Json;
using Nexus.Monitoring.Client.Reading;
using Nexus.Monitoring.Web.Pages;

namespace Nexus.Monitoring.Web.TimeMachine;

/// <summary>
/// What the time bar draws, from the history's series. Asked once for all who look at the same stretch of time, and again only when it may have changed.
/// Thread-safe.
/// </summary>
internal sealed class DensitySource(IHttpClientFactory clients, TimeProvider clock)
{
    /// <summary>Stretches kept; about 5 KB each.</summary>
    private const int MostKept = 64;

    /// <summary>The newest bars change.</summary>
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(4);

    private readonly Lock _gate = new();
    private readonly Dictionary<(DensityRange, DateTimeOffset), (Task<Density> Answer, long AskedAt)> _kept = [];

    /// <exception cref="HttpRequestException">The API does not answer, or keeps no history.</exception>
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
        var events = await ReadAsync("count", from, end, range, point => Number(point, "count"));
        var failures = await ReadAsync("tasks", from, end, range, point => Number(point, "failed") + Number(point, "retried"));
        return new Density(end, events, failures);
    }

    private async Task<long[]> ReadAsync(string metric, DateTimeOffset from, DateTimeOffset end, DensityRange range, Func<JsonElement, long> read)
    {
        using var http = clients.CreateClient(ReaderBuilderExtensions.HttpClientName);
        var answer = await http.GetFromJsonAsync<JsonElement>(PageAddress.With(
            "api/stats/series", ("metric", metric), ("from", $"{new TimeAddress(from)}"), ("to", $"{new TimeAddress(end)}"),
            ("bucket_ms", $"{(long)range.Bucket.TotalMilliseconds}")));
        var bars = new long[range.Bars];
        foreach (var point in answer.GetProperty("series").EnumerateArray().SelectMany(line => line.GetProperty("points").EnumerateArray()))
        {
            var bar = (int)((point.GetProperty("at").GetDateTimeOffset() - from) / range.Bucket);
            if (bar >= 0 && bar < bars.Length)
            {
                bars[bar] += read(point);
            }
        }

        return bars;
    }

    private static long Number(JsonElement point, string name) =>
        point.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt64() : 0;
}
