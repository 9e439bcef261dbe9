using BenchmarkDotNet.Running;
using Nexus.Monitoring.Benchmarks;
using Nexus.Monitoring.Benchmarks.Publishing;

// How fast one process publishes, over a running Redis and node: throughput REDIS [NODE] [EVENTS].
if (args is ["throughput", .. var rest])
{
    return await ThroughputRun.RunAsync(rest);
}

// All of them: --filter '*'. One folder: --filter '*.Filters.*'. A quick look: --iterationCount 3 --warmupCount 1.
BenchmarkSwitcher.FromAssembly(typeof(BenchmarkConfig).Assembly).Run(args, new BenchmarkConfig());
return 0;
