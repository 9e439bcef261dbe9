using System.Runtime.InteropServices;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Running;

/// <summary>The Aspire dashboard as Aspire's command-line tool brings it along, on the addresses that Aspire would use.</summary>
internal static class DashboardCommand
{
    public const string ResourceName = "aspire-dashboard";
    public const string OtlpEndpoint = "otlp-grpc";

    public static void AddTo(IDistributedApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        if (Find(configuration) is not { } command)
        {
            return;
        }

        var dashboard = builder.AddResource(new ExecutableResource(ResourceName, command, AppContext.BaseDirectory))
            .WithHttpEndpoint(PortOf(configuration["ASPNETCORE_URLS"]?.Split(';')[0], 18888), name: "http")
            .WithHttpEndpoint(PortOf(configuration["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"], 18889), name: OtlpEndpoint)
            .WithHttpEndpoint(PortOf(configuration["ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL"], 18890), name: "otlp-http")
            .WithHttpHealthCheck("/");
        dashboard.WithAnnotation(new CommandLineArgsCallbackAnnotation(context =>
        {
            object[] args =
            [
                "dashboard", "run", "--allow-anonymous", "--non-interactive", "--nologo", "--frontend-url", dashboard.GetEndpoint("http"),
                "--otlp-grpc-url", dashboard.GetEndpoint(OtlpEndpoint), "--otlp-http-url", dashboard.GetEndpoint("otlp-http"),
            ];
            Array.ForEach(args, context.Args.Add);
            return Task.CompletedTask;
        }));
    }

    private static int PortOf(string? url, int usual) => Uri.TryCreate(url, UriKind.Absolute, out var address) ? address.Port : usual;

    /// <summary>
    /// An empty ASPIRE_CLI_PATH says that none is wanted. The npm package of the command puts it beside the folders of PATH, not into one.
    /// </summary>
    private static string? Find(ConfigurationManager configuration)
    {
        if (configuration["ASPIRE_CLI_PATH"] is { } stated)
        {
            return stated.Length == 0 ? null : File.Exists(stated)
                ? stated
                : throw new DistributedApplicationException($"ASPIRE_CLI_PATH is '{stated}', which does not exist; it must be the aspire command.");
        }

        var file = OperatingSystem.IsWindows() ? "aspire.exe" : "aspire";
        var package = Path.Combine("node_modules", "@microsoft", $"aspire-cli-{RuntimeInformation.RuntimeIdentifier}", "bin", file);
        return (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => new[] { Path.Combine(folder, file), Path.Combine(folder, package), Path.Combine(folder, "..", "lib", package) })
            .Select(Path.GetFullPath)
            .FirstOrDefault(File.Exists);
    }
}
