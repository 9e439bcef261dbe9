using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Nexus.Monitoring.Contracts.Json;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.State;

namespace Nexus.Monitoring.Client.Reading;

/// <summary>Asks the monitoring service for how things stand. Thread-safe.</summary>
public sealed class MonitoringApiClient
{
    private readonly HttpClient _http;

    internal MonitoringApiClient(HttpClient http) => _http = http;

    /// <summary>
    /// The live state as of its position. Reading the stream from that position and folding it in keeps the state live without a gap.
    /// </summary>
    /// <exception cref="HttpRequestException">The service does not answer, or not with success.</exception>
    public async Task<LiveStateSnapshot> GetSnapshotAsync(CancellationToken cancellationToken = default) =>
        await _http.GetFromJsonAsync("api/snapshot", MonitoringJson.Context.LiveStateSnapshot, cancellationToken).ConfigureAwait(false)
        ?? throw new HttpRequestException("The monitoring service answered without a snapshot.");

    /// <summary>How things stood at a time, by the log's clock; one attempt. Its position is the last event up to there: read on from it.</summary>
    /// <exception cref="HttpRequestException">The service is not reachable, or cannot show this time; the message is its sentence, the status 404 for a
    /// time before everything that is kept.</exception>
    public Task<LiveStateSnapshot> GetStateAsync(DateTimeOffset at, CancellationToken cancellationToken = default) =>
        GetStateAsync(at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture), cancellationToken);

    /// <summary>How things stood right after the event at a position; one attempt.</summary>
    /// <exception cref="HttpRequestException">As for a time.</exception>
    public Task<LiveStateSnapshot> GetStateAsync(LogPosition position, CancellationToken cancellationToken = default) =>
        GetStateAsync(position.ToString(), cancellationToken);

    private async Task<LiveStateSnapshot> GetStateAsync(string at, CancellationToken cancellationToken)
    {
        using var answer = await _http
            .GetAsync(new Uri($"api/state?at={at}", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        var content = await answer.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using var closing = content.ConfigureAwait(false);
        if (answer.IsSuccessStatusCode)
        {
            return await JsonSerializer.DeserializeAsync(content, MonitoringJson.Context.LiveStateSnapshot, cancellationToken).ConfigureAwait(false)
                ?? throw new HttpRequestException("The monitoring service answered without a state.");
        }

        throw new HttpRequestException(await SentenceAsync(content, cancellationToken).ConfigureAwait(false)
            ?? $"The monitoring service answered {(int)answer.StatusCode}.", null, answer.StatusCode);
    }

    /// <summary>What problem details say to people; null when it is none.</summary>
    internal static async Task<string?> SentenceAsync(Stream problem, CancellationToken cancellationToken)
    {
        try
        {
            using var document = await JsonDocument.ParseAsync(problem, cancellationToken: cancellationToken).ConfigureAwait(false);
            return document.RootElement.TryGetProperty("detail", out var detail) ? detail.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
