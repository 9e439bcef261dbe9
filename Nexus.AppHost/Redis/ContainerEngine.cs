using System.ComponentModel;
using System.Diagnostics;
using System.Reflection;

namespace Nexus.AppHost.Redis;

/// <summary>Whether containers can be run: a command on PATH is not enough, its engine must answer.</summary>
internal static class ContainerEngine
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Aspire's orchestrator runs the containers, so without its path in the AppHost there is no need to ask an engine.</summary>
    public static bool CanRunFor(IDistributedApplicationBuilder builder)
    {
        var hasOrchestrator = builder.AppHostAssembly?.GetCustomAttributes<AssemblyMetadataAttribute>().Any(metadata => metadata.Key == "dcpclipath");
        return hasOrchestrator == true && (Answers("docker") || Answers("podman"));
    }

    /// <summary>Listing containers needs the engine itself, with docker as with podman.</summary>
    internal static bool Answers(string command)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(command, ["container", "ls", "-n", "1"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            if (process.WaitForExit(Patience))
            {
                return process.ExitCode == 0;
            }

            process.Kill(entireProcessTree: true);
            return false;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
