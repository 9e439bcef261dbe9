using System.Runtime.InteropServices;

namespace Nexus.Testing;

/// <summary>Signals that <see cref="System.Diagnostics.Process"/> cannot send. The numbers of SIGSTOP and SIGCONT differ between Linux and macOS.</summary>
public static class UnixSignal
{
    public const int Terminate = 15;

    public static int Stop => OperatingSystem.IsMacOS() ? 17 : 19;

    public static int Continue => OperatingSystem.IsMacOS() ? 19 : 18;

    public static void Send(int processId, int signal)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException("Signals need Linux or macOS.");
        }

        if (Kill(processId, signal) != 0)
        {
            throw new InvalidOperationException($"Signal {signal} to process {processId} failed with errno {Marshal.GetLastPInvokeError()}.");
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int processId, int signal);
}
