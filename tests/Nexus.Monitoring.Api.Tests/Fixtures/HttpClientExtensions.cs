using System.Text.Json;

namespace Nexus.Monitoring.Api.Tests.Fixtures;

internal static class HttpClientExtensions
{
    public static async Task<JsonElement> GetJsonAsync(this HttpClient http, string path) =>
        JsonElement.Parse(await http.GetStringAsync(new Uri(path, UriKind.Relative)));
}
