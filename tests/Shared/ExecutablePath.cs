namespace Nexus.Testing;

/// <summary>Finds a program on the PATH, so that a test can say that it is missing instead of failing to start it.</summary>
public static class ExecutablePath
{
    public static string? Find(string name)
    {
        var fileName = OperatingSystem.IsWindows() ? $"{name}.exe" : name;
        return (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, fileName))
            .FirstOrDefault(File.Exists);
    }
}
