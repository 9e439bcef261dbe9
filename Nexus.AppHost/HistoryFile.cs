namespace Nexus.AppHost;

internal static class HistoryFile
{
    /// <summary>Where the API keeps its history: beside the log's own data, so that another log gets another history.</summary>
    public static IResourceBuilder<ProjectResource> WithHistory(this IResourceBuilder<ProjectResource> api,
        IDistributedApplicationBuilder builder)
    {
        var log = builder.Configuration["Nexus:Redis:Data"];
        var folder = log is null ? Path.Combine(builder.AppHostDirectory, "..", ".data", "history") : Path.Combine(log, "history");
        return api.WithEnvironment(
            "Monitoring__History__Path",
                Path.GetFullPath(builder.Configuration["Nexus:History:Path"] ?? Path.Combine(folder, "events.duckdb")));
    }
}
