using Microsoft.Extensions.DependencyInjection;

namespace Nexus.AppHost;

internal static class TraceLinks
{
    /// <summary>Tells the dashboard of Nexus where the Aspire dashboard, if one runs, shows a trace.</summary>
    public static IResourceBuilder<ProjectResource> WithTraceLinks(this IResourceBuilder<ProjectResource> builder)
    {
        return builder.WithEnvironment(context =>
        {
            var model = context.ExecutionContext.ServiceProvider.GetRequiredService<DistributedApplicationModel>();
            if (model.Resources.TryGetByName("aspire-dashboard", out var found) && found is IResourceWithEndpoints dashboard)
            {
                context.EnvironmentVariables["Monitoring__TraceUrlTemplate"] =
                    ReferenceExpression.Create($"{dashboard.GetEndpoint("http")}/traces/detail/{{traceId}}");
            }
        });
    }
}
