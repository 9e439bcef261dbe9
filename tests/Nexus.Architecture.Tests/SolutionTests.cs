using System.Xml.Linq;

namespace Nexus.Architecture.Tests;

public sealed class SolutionTests
{
    public static TheoryData<string> Projects => [.. ProjectFiles().Select(Relative)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Solution_EveryProject_IsListed(string project)
    {
        var solution = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "Nexus.sln")).Replace('\\', '/');

        Assert.Contains($"\"{project}\"", solution, StringComparison.Ordinal);
    }

    [Fact]
    public void Solution_IsTheOnlyOne()
    {
        var solutions = Directory.GetFiles(RepositoryRoot.Path, "*.sln*").Select(Path.GetFileName);

        Assert.Equal(["Nexus.sln"], solutions);
    }

    /// <summary>
    /// Who may know whom. Api, Web and Sim meet at Redis, HTTP and SignalR, never in a reference;
    /// the AppHost knows the others as Aspire resources only.
    /// </summary>
    [Theory]
    [InlineData("Nexus.ServiceDefaults")]
    [InlineData("Nexus.Redis")]
    [InlineData("Nexus.Monitoring.Contracts")]
    [InlineData("Nexus.Monitoring.Client", "Nexus.Monitoring.Contracts")]
    [InlineData("Nexus.Monitoring.Api", "Nexus.Monitoring.Contracts", "Nexus.Monitoring.Client", "Nexus.ServiceDefaults")]
    [InlineData("Nexus.Monitoring.Web", "Nexus.Monitoring.Contracts", "Nexus.Monitoring.Client", "Nexus.ServiceDefaults")]
    [InlineData("Nexus.Coordinator.Sim", "Nexus.Monitoring.Client", "Nexus.ServiceDefaults")]
    public void Project_References_AreAllowed(string project, params string[] allowed)
    {
        var references = References(project).Where(name => name.StartsWith("Nexus.", StringComparison.Ordinal));

        Assert.Empty(references.Except(allowed));
    }

    [Fact]
    public void Contracts_DependsOnNothingButTheFramework()
    {
        var project = Load("Nexus.Monitoring.Contracts");

        Assert.Empty(project.Descendants("PackageReference"));
        Assert.Empty(project.Descendants("FrameworkReference"));
    }

    private static IEnumerable<string> References(string project) =>
        Load(project).Descendants("ProjectReference")
            .Select(reference => reference.Attribute("Include")!.Value.Replace('\\', '/'))
            .Where(path => !path.Contains("/eng/", StringComparison.Ordinal))
            .Select(Path.GetFileNameWithoutExtension)!;

    private static XDocument Load(string project) =>
        XDocument.Load(Path.Combine(RepositoryRoot.Path, project, project + ".csproj"));

    private static IEnumerable<string> ProjectFiles() =>
        Directory.EnumerateFiles(RepositoryRoot.Path, "*.csproj", SearchOption.AllDirectories)
            .Where(path => !Relative(path).StartsWith("eng/", StringComparison.Ordinal));

    private static string Relative(string path) => Path.GetRelativePath(RepositoryRoot.Path, path).Replace('\\', '/');
}
