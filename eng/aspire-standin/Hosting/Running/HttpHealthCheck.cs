using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Running;

internal sealed class HttpHealthCheck(EndpointReference endpoint, string path, int statusCode) : IHealthCheck
{
    /// <summary>How much of a failed answer is told; it is read by a person.</summary>
    private const int ToldCharacters = 400;

    private static readonly HttpClient Client = new() { Timeout = TimeSpan.FromSeconds(5) };

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var url = new Uri(new Uri(endpoint.Url), path);
        try
        {
            using var response = await Client.GetAsync(url, cancellationToken);
            if ((int)response.StatusCode == statusCode)
            {
                return HealthCheckResult.Healthy();
            }

            var answer = await response.Content.ReadAsStringAsync(cancellationToken);
            return HealthCheckResult.Unhealthy(
                $"{url} answers {(int)response.StatusCode} {answer[..Math.Min(answer.Length, ToldCharacters)]}".TrimEnd());
        }
        catch (Exception problem) when (problem is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return HealthCheckResult.Unhealthy($"{url} does not answer ({problem.Message})");
        }
    }
}
