using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Aspire.Hosting.Running;

/// <summary>Sessions and signals, which .NET has no calls for.</summary>
internal static class Unix
{
    public const int Terminate = 15;
    public const int Kill = 9;

    /// <summary>
    /// A session of its own: Ctrl+C in the terminal then reaches the AppHost alone, which stops the others in order, and one signal
    /// reaches a process with all its children. macOS has no such command; there children share the AppHost's session.
    /// </summary>
    private static readonly string? SetSid =
        new[] { "/usr/bin/setsid", "/bin/setsid" }.FirstOrDefault(path => !OperatingSystem.IsWindows() && File.Exists(path));

    public static bool HasSessions => SetSid is not null;

    public static ProcessStartInfo InOwnSession(ProcessStartInfo start)
    {
        if (SetSid is not null)
        {
            start.ArgumentList.Insert(0, start.FileName);
            start.FileName = SetSid;
        }

        return start;
    }

    public static void Signal(int target, int signal) => _ = SendSignal(target, signal);

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int pid, int signal);
}
