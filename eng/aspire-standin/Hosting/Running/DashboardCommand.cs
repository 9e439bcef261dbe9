using System.Net.Sockets;
using System.Runtime.InteropServices;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Running;

/// <summary>The Aspire dashboard as Aspire's command-line tool brings it along, on the addresses that Aspire would use.</summary>
internal static class DashboardCommand
{
    public const string ResourceName = "aspire-dashboard";
    public const string OtlpEndpoint = "otlp-grpc";

    public static ExecutableResource? Create(IConfiguration configuration)
    {
        if (Find(configuration) is not { } command)
        {
            return null;
        }

        var dashboard = new ExecutableResource(ResourceName, command, AppContext.BaseDirectory);
        var frontend = Add("http", "http", configuration["ASPNETCORE_URLS"]?.Split(';')[0] ?? "http://localhost:18888");
        var grpc = Add("http", OtlpEndpoint, configuration["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] ?? "http://localhost:18889");
        var http = Add("http", "otlp-http", configuration["ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL"] ?? "http://localhost:18890");
        dashboard.Annotations.Add(new CommandLineArgsCallbackAnnotation(context =>
        {
            object[] args =
            [
                "dashboard", "run", "--allow-anonymous", "--non-interactive", "--nologo",
                "--frontend-url", frontend, "--otlp-grpc-url", grpc, "--otlp-http-url", http,
            ];
            Array.ForEach(args, context.Args.Add);
            return Task.CompletedTask;
        }));
        return dashboard;

        EndpointReference Add(string scheme, string name, string url)
        {
            var port = Uri.TryCreate(url, UriKind.Absolute, out var address) ? address.Port : (int?)null;
            dashboard.Annotations.Add(new EndpointAnnotation(ProtocolType.Tcp, scheme, name, port));
            return dashboard.GetEndpoint(name);
        }
    }

    /// <summary>The npm package of the command puts it beside the folders of PATH, not into one.</summary>
    private static string? Find(IConfiguration configuration)
    {
        if (configuration["ASPIRE_CLI_PATH"] is { Length: > 0 } stated)
        {
            return File.Exists(stated)
                ? stated
                : throw new DistributedApplicationException($"ASPIRE_CLI_PATH is '{stated}', which does not exist; it must be the aspire command.");
        }

        var file = OperatingSystem.IsWindows() ? "aspire.exe" : "aspire";
        var package = Path.Combine("node_modules", "@microsoft", $"aspire-cli-{RuntimeInformation.RuntimeIdentifier}", "bin", file);
        return (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => new[] { Path.Combine(folder, file), Path.Combine(folder, package), Path.Combine(folder, "..", "lib", package) })
            .FirstOrDefault(File.Exists);
    }
}
