using Nexus.Monitoring.Web.Components;
using Nexus.Monitoring.Web.Events;
using Nexus.Monitoring.Web.Pages;
using Nexus.Monitoring.Web.Sessions;
using Nexus.ServiceDefaults;

namespace Nexus.Monitoring.Web.Hosting;

internal static class DashboardEndpoints
{
    /// <param name="assetsManifest">Where the list of static files is; beside the program when left out.</param>
    public static void MapDashboard(this WebApplication app, string? assetsManifest = null)
    {
        app.UseSecurityHeaders();
        app.UseStatusCodePagesWithReExecute("/monitoring/not-found", createScopeForStatusCodePages: true);
        app.UseAntiforgery();
        app.MapStaticAssets(assetsManifest);
        app.MapGet("/", () => TypedResults.LocalRedirect(PageAddress.Overview)).ExcludeFromDescription();
        app.MapEventExport();
        app.MapSessionImport();
        // The policy of SecurityHeaders says who may frame the page; a second header would only repeat it.
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null)
            .WithStaticAssets(assetsManifest)
            .Add(AnswerHead);
        app.MapDefaultEndpoints();
    }

    /// <summary>Who asks whether a page is there, as link checkers and monitors do, asks without wanting it; the server leaves out the body by itself.</summary>
    private static void AnswerHead(EndpointBuilder endpoint)
    {
        if (endpoint.Metadata.OfType<IHttpMethodMetadata>().LastOrDefault() is { } methods && methods.HttpMethods.Contains(HttpMethods.Get))
        {
            endpoint.Metadata.Add(new HttpMethodMetadata([.. methods.HttpMethods, HttpMethods.Head], methods.AcceptCorsPreflight));
        }
    }
}
