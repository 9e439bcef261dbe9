namespace Nexus.Coordinator.Sim.Configuration;

/// <summary>The configuration section <c>Simulation</c>.</summary>
internal sealed class SimulationOptions
{
    public const string SectionName = "Simulation";

    /// <summary>Equal seeds give the same events, apart from ids and times.</summary>
    public int Seed { get; set; } = 2026;

    /// <summary>Tasks a second that all workers together aim to finish; each makes three events or more.</summary>
    public double Rate { get; set; } = 4;

    /// <summary>Workers of this process.</summary>
    public int Workers { get; set; } = 12;

    /// <summary>How many things each worker does at once.</summary>
    public int TasksPerWorker { get; set; } = 1;

    /// <summary>Share of attempts that fail, averaged over the task types.</summary>
    public double FailureRate { get; set; } = 0.04;

    /// <summary><c>steady</c>, <c>burst</c>, <c>failing</c> or <c>worker-crash</c>.</summary>
    public string Scenario { get; set; } = "steady";

    /// <summary>Comma-separated names of the projects that runs belong to, in turn.</summary>
    public string Projects { get; set; } = "market-atlas,patent-radar,tariff-watch,supplier-graph";

    /// <summary>Runs that go on at the same time; null lets the rate decide, 4 up to 100 tasks a second.</summary>
    public int? RunsAtOnce { get; set; }

    /// <summary>Attempts at a task before it counts as failed.</summary>
    public int MaxAttempts { get; set; } = 4;

    /// <summary>Wait before the second attempt; it doubles for each further one, up to 30 s.</summary>
    public double RetryDelaySeconds { get; set; } = 2;

    /// <summary>How long after its worker was declared lost a place stays empty.</summary>
    public double WorkerReplacementSeconds { get; set; } = 20;

    /// <summary>Seconds that a stopping process gives the attempts under way before it puts their jobs back.</summary>
    public double ShutdownGraceSeconds { get; set; } = 5;

    /// <summary>Seconds between two reports of the queue depths when nothing changes.</summary>
    public double QueueDepthIntervalSeconds { get; set; } = 10;

    /// <summary>
    /// A run waits for its slowest and its retried tasks, so higher rates need more runs to keep the workers busy:
    /// a run of about 300 tasks takes at least some 12 s, however fast the work is.
    /// </summary>
    public int EffectiveRunsAtOnce => RunsAtOnce ?? Math.Max(4, (int)Math.Ceiling(Rate / 25));

    public IReadOnlyList<string> ProjectIds => Projects.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public TimeSpan RetryDelay => TimeSpan.FromSeconds(RetryDelaySeconds);

    public TimeSpan WorkerReplacement => TimeSpan.FromSeconds(WorkerReplacementSeconds);

    public TimeSpan ShutdownGrace => TimeSpan.FromSeconds(ShutdownGraceSeconds);

    public TimeSpan QueueDepthInterval => TimeSpan.FromSeconds(QueueDepthIntervalSeconds);
}
