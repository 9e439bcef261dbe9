namespace Nexus.Fanout.Cli;

/// <summary>What the command line asks for; the words are those of <see cref="Usage"/>, times are in seconds.</summary>
internal sealed record FanoutOptions
{
    public Mode Mode { get; init; }

    public string Host { get; init; } = "127.0.0.1";

    public int Port { get; init; }

    public Transport Transport { get; init; }

    public string? Path { get; init; }

    public string Filter { get; init; } = "";

    public string Channel { get; init; } = "nexus:events";

    public IReadOnlyList<string> Headers { get; init; } = [];

    public int Clients { get; init; } = 100;

    public int Slow { get; init; }

    public int ConnectAtOnce { get; init; } = 64;

    public PublishWith Publish { get; init; }

    public int PublishPort { get; init; }

    public string PublishPath { get; init; } = "/";

    public int Size { get; init; } = 400;

    public int Projects { get; init; } = 8;

    public int? Share { get; init; }

    public int Batch { get; init; } = 32;

    public int Window { get; init; } = 256;

    public double Rate { get; init; }

    public double Warmup { get; init; } = 1;

    public double Duration { get; init; } = 5;

    public double Grace { get; init; } = 2;

    public double Settle { get; init; } = 0.5;

    public double Away { get; init; } = 2;

    public IReadOnlyList<int> ServerPids { get; init; } = [];

    public bool Json { get; init; }

    /// <summary>Each client gets every so many-th event.</summary>
    public int Step => Share ?? (HasNumberedFilter ? Projects : 1);

    /// <summary>Whether a client's number says which events it gets.</summary>
    public bool HasNumberedFilter => (Path + Filter).Contains("%d", StringComparison.Ordinal);
}
