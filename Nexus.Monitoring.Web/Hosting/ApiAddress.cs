namespace Nexus.Monitoring.Web.Hosting;

/// <summary>Where the monitoring API is: as configured, else by the name that service discovery knows.</summary>
internal static class ApiAddress
{
    public const string Service = "http://monitoring-api";

    public static Uri From(IConfiguration configuration) =>
        Uri.TryCreate(configuration[$"{WebOptions.Section}:{nameof(WebOptions.ApiUrl)}"], UriKind.Absolute, out var configured)
            ? configured
            : new Uri(Service);
}
