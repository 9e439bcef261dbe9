using System.Diagnostics;

namespace Nexus.Monitoring.Api.Tests.Fixtures;

/// <summary>A file system of its own with a fixed size, in memory; needs Linux and the right to mount.</summary>
internal sealed class SmallDisk : IDisposable
{
    public const string WhyMissing = "This user may not mount a file system. Run the tests as root in a container with: mount -t tmpfs";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nexus-disk-");
    private readonly bool _isMounted;

    private SmallDisk(int megabytes)
    {
        _isMounted = OperatingSystem.IsLinux() && Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", _folder.FullName);
    }

    public string Path => _folder.FullName;

    private string Ballast => System.IO.Path.Combine(Path, "ballast");

    /// <summary>Null when there is no right to.</summary>
    public static SmallDisk? TryCreate(int megabytes)
    {
        var disk = new SmallDisk(megabytes);
        if (disk._isMounted)
        {
            return disk;
        }

        disk.Dispose();
        return null;
    }

    public void Fill()
    {
        var block = new byte[64 * 1024];
        try
        {
            using var file = File.Create(Ballast);
            while (true)
            {
                file.Write(block);
                file.Flush(flushToDisk: true);
            }
        }
        catch (IOException)
        {
            // That was the last of it.
        }
    }

    public void MakeSpace() => File.Delete(Ballast);

    public void Dispose()
    {
        if (_isMounted)
        {
            Run("umount", "--lazy", Path);
        }

        _folder.Delete(recursive: true);
    }

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
