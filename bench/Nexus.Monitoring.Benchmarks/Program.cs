using BenchmarkDotNet.Running;
using Nexus.Monitoring.Benchmarks;
using Nexus.Monitoring.Benchmarks.History;

if (args is ["history", ..])
{
    await HistoryLoad.RunAsync(args[1..]);
    return;
}

// All of them: --filter '*'. One folder: --filter '*.Filters.*'. A quick look: --iterationCount 3 --warmupCount 1.
BenchmarkSwitcher.FromAssembly(typeof(BenchmarkConfig).Assembly).Run(args, new BenchmarkConfig());
