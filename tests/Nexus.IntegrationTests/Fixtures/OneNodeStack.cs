namespace Nexus.IntegrationTests.Fixtures;

/// <summary>The same with a single node, which keeps little in memory and has a history.</summary>
public sealed class OneNodeStack : SharedStack
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nexus-one-node-");

    protected override (string Key, string Value)[][] Nodes =>
    [
        [
            Ping, ("Monitoring__RingEvents", "64"), ("Monitoring__History__Path", Path.Combine(_folder.FullName, "events.duckdb")),
            ("Monitoring__History__CommitInterval", "00:00:00.2"),
        ],
    ];

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
