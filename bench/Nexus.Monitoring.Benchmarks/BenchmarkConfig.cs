using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Nexus.Monitoring.Benchmarks;

/// <summary>
/// Times and allocations. Runs in this process: a project generated for each benchmark would be built under this repository's rules,
/// where a warning is an error.
/// </summary>
internal sealed class BenchmarkConfig : ManualConfig
{
    public BenchmarkConfig()
    {
        AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithWarmupCount(3).WithIterationCount(8));
        AddDiagnoser(MemoryDiagnoser.Default);
        AddColumnProvider(DefaultColumnProviders.Instance);
        AddColumn(StatisticColumn.OperationsPerSecond);
        HideColumns(Column.Error, Column.Gen0, Column.Gen1, Column.Gen2, Column.RatioSD, Column.AllocRatio);
        AddExporter(MarkdownExporter.GitHub);
        AddLogger(ConsoleLogger.Default);
        WithArtifactsPath(Path.Combine("artifacts", "benchmarks"));
    }
}
