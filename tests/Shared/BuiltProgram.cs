namespace Nexus.Testing;

/// <summary>Where the build puts a program of this repository, in the configuration that the tests were built in.</summary>
public static class BuiltProgram
{
    public static string Path(string project)
    {
        // …/tests/Shared/bin/Debug/net10.0/: the last two parts are the same for each project
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var path = System.IO.Path.Combine(RepositoryRoot.Path, project, "bin", output.Parent!.Name, output.Name, $"{project}.dll");
        return File.Exists(path) ? path : throw new FileNotFoundException($"{path} is missing. Build {project} first.", path);
    }
}
