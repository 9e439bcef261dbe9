using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Running;

/// <summary>Which program a resource is, with which arguments and environment.</summary>
internal sealed class LaunchPlan(IResource resource, DistributedApplicationModel model, DistributedApplicationExecutionContext executionContext)
{
    /// <summary>Meant for the AppHost itself; a service that inherited them would take the dashboard's port.</summary>
    private static readonly string[] NotInherited = ["ASPNETCORE_URLS", "DOTNET_LAUNCH_PROFILE", "ASPIRE_"];

    public bool HasProcess => resource is ProjectResource or ExecutableResource;

    public async Task<ProcessStartInfo> CreateAsync(CancellationToken cancellationToken)
    {
        var start = resource is ExecutableResource executable
            ? new ProcessStartInfo(executable.Command) { WorkingDirectory = executable.WorkingDirectory }
            : ForProject(resource.Annotations.OfType<IProjectMetadata>().Single());
        foreach (var name in start.Environment.Keys.Where(name => Array.Exists(NotInherited, prefix => name.StartsWith(prefix, StringComparison.Ordinal))).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in await EnvironmentAsync(cancellationToken))
        {
            start.Environment[name] = value;
        }

        var arguments = new List<object>();
        foreach (var annotation in resource.Annotations.OfType<CommandLineArgsCallbackAnnotation>())
        {
            await annotation.Callback(new(arguments));
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(await ResolveAsync(argument, cancellationToken));
        }

        return start;
    }

    private static ProcessStartInfo ForProject(IProjectMetadata project) => File.Exists(project.TargetPath)
        ? new(DotnetCommand(), [project.TargetPath]) { WorkingDirectory = Path.GetDirectoryName(project.ProjectPath) }
        : throw new DistributedApplicationException($"{project.TargetPath} does not exist: build the solution first (dotnet build).");

    /// <summary>The command that runs this very runtime, also where it is not on PATH.</summary>
    private static string DotnetCommand()
    {
        var file = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        var beside = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", file));
        return File.Exists(beside) ? beside : file;
    }

    private static async ValueTask<string> ResolveAsync(object value, CancellationToken cancellationToken) =>
        value is IValueProvider provider
            ? await provider.GetValueAsync(cancellationToken) ?? ""
            : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    private async Task<Dictionary<string, string>> EnvironmentAsync(CancellationToken cancellationToken)
    {
        var context = new EnvironmentCallbackContext(executionContext, resource, cancellationToken: cancellationToken);
        if (resource is ProjectResource)
        {
            AddDefaults(context.EnvironmentVariables);
        }

        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>())
        {
            await annotation.Callback(context);
        }

        var resolved = new Dictionary<string, string>();
        foreach (var (name, value) in context.EnvironmentVariables)
        {
            resolved[name] = await ResolveAsync(value, cancellationToken);
        }

        return resolved;
    }

    private void AddDefaults(Dictionary<string, object> environment)
    {
        var urls = resource.Annotations.OfType<EndpointAnnotation>().Where(endpoint => endpoint.UriScheme is "http" or "https")
            .Select(endpoint => endpoint.AllocatedEndpoint!.UriString).ToList();
        if (urls.Count > 0)
        {
            environment["ASPNETCORE_URLS"] = string.Join(';', urls);
        }

        if (ConsoleOutput.IsColoured)
        {
            environment["DOTNET_SYSTEM_CONSOLE_ALLOW_ANSI_COLOR_REDIRECTION"] = "true";
        }

        environment["OTEL_SERVICE_NAME"] = resource.Name;
        environment["OTEL_RESOURCE_ATTRIBUTES"] = $"service.instance.id={Guid.NewGuid().ToString("N")[..8]}";
        if (model.Resources.TryGetByName(DashboardCommand.ResourceName, out var dashboard))
        {
            environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = ((IResourceWithEndpoints)dashboard).GetEndpoint(DashboardCommand.OtlpEndpoint);
            environment["OTEL_EXPORTER_OTLP_PROTOCOL"] = "grpc";
            environment["OTEL_BLRP_SCHEDULE_DELAY"] = environment["OTEL_BSP_SCHEDULE_DELAY"] = environment["OTEL_METRIC_EXPORT_INTERVAL"] = "1000";
            environment["OTEL_TRACES_SAMPLER"] = "always_on";
            environment["OTEL_METRICS_EXEMPLAR_FILTER"] = "trace_based";
        }
    }
}
