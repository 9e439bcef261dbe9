namespace Nexus.AppHost;

/// <summary>How each service of Nexus is added.</summary>
internal static class Services
{
    /// <summary>
    /// Ports and environment are stated here and in AppHost.cs alone, so launch profiles play no part. A service started from its build
    /// output finds its static files in the environment <c>Development</c> only.
    /// </summary>
    public static IResourceBuilder<ProjectResource> AddService<TProject>(this IDistributedApplicationBuilder builder, string name)
        where TProject : IProjectMetadata, new()
    {
        return builder.AddProject<TProject>(name, options => options.ExcludeLaunchProfile = true)
            .WithEnvironment("ASPNETCORE_ENVIRONMENT", "Development")
            .WithEnvironment("DOTNET_ENVIRONMENT", "Development");
    }

    /// <summary>A page of the service that the Aspire dashboard leads to, by name.</summary>
    public static IResourceBuilder<ProjectResource> WithPage(this IResourceBuilder<ProjectResource> builder, string path, string name) =>
        builder.WithUrlForEndpoint("http", _ => new ResourceUrlAnnotation { Url = path, DisplayText = name });
}
