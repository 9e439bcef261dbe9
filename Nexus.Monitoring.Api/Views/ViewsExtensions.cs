namespace Nexus.Monitoring.Api.Views;

internal static class ViewsExtensions
{
    /// <summary>Adds what people save: views and boards.</summary>
    public static void AddViews(this IHostApplicationBuilder builder) => builder.Services.AddSingleton<DocumentStore>();
}
