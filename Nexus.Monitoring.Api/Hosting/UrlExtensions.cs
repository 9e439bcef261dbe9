namespace Nexus.Monitoring.Api.Hosting;

internal static class UrlExtensions
{
    private const string DefaultUrl = "http://127.0.0.1:8000";

    private static readonly string[] Keys = [WebHostDefaults.ServerUrlsKey, WebHostDefaults.HttpPortsKey, WebHostDefaults.HttpsPortsKey];

    /// <summary>Listens on loopback only, unless something says where to listen.</summary>
    public static void UseLoopbackByDefault(this WebApplicationBuilder builder)
    {
        var isConfigured = Array.Exists(Keys, key => !string.IsNullOrEmpty(builder.Configuration[key]))
            || builder.Configuration.GetSection("Kestrel:Endpoints").GetChildren().Any();
        if (!isConfigured)
        {
            builder.WebHost.UseUrls(DefaultUrl);
        }
    }
}
