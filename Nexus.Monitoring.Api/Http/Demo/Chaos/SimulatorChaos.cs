using System.Net;
using System.Text.Json;

namespace Nexus.Monitoring.Api.Http.Demo.Chaos;

/// <summary>
/// Asks the simulator over HTTP, where the name <c>coordinator-sim</c> or <c>Monitoring:Demo:SimulatorUrl</c> leads: that works when Redis is cut, and it
/// answers what happened to whom.
/// </summary>
internal sealed class SimulatorChaos(IHttpClientFactory clients)
{
    public const string ClientName = "simulator";

    /// <returns>What it broke, or a sentence that says why it did not, with the status to answer.</returns>
    public async Task<(SimulatorAnswer? Answer, int Status, string? Problem)> AskAsync(
        string what, IEnumerable<KeyValuePair<string, string>> parameters, CancellationToken cancellationToken)
    {
        using var http = clients.CreateClient(ClientName);
        try
        {
            using var answer = await http.PostAsync(
                new Uri($"/simulation/chaos/{what}{QueryString.Create(parameters.Select(one => KeyValuePair.Create(one.Key, (string?)one.Value)))}", UriKind.Relative),
                null,
                cancellationToken);
            var json = await answer.Content.ReadAsStringAsync(cancellationToken);
            return answer.IsSuccessStatusCode
                ? (JsonSerializer.Deserialize(json, ApiJson.Context.SimulatorAnswer), (int)answer.StatusCode, null)
                : (null, (int)answer.StatusCode, Detail(json) ?? $"The simulator answers {(int)answer.StatusCode} {answer.ReasonPhrase}.");
        }
        catch (Exception away) when (away is HttpRequestException or JsonException || (away is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return (null, (int)HttpStatusCode.ServiceUnavailable, $"No simulator answers at {http.BaseAddress}: {away.Message}");
        }
    }

    private static string? Detail(string json)
    {
        try
        {
            using var problem = JsonDocument.Parse(json);
            return problem.RootElement.TryGetProperty("detail", out var detail) ? detail.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
