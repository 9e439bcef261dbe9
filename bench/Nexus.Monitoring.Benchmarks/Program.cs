using BenchmarkDotNet.Running;
using Nexus.Monitoring.Benchmarks;
using Nexus.Monitoring.Benchmarks.History;
using Nexus.Monitoring.Benchmarks.Publishing;
using Nexus.Monitoring.Benchmarks.TimeMachine;

// Fills a history and asks it questions, goes to its instants, and how fast one process publishes.
switch (args)
{
    case ["history", .. var ask]:
        await HistoryLoad.RunAsync(ask);
        return 0;
    case ["time", .. var travel]:
        await TimeMachineLoad.RunAsync(travel);
        return 0;
    // Over a running Redis and node: throughput REDIS [NODE] [EVENTS] [fleet].
    case ["throughput", .. var rest]:
        return await ThroughputRun.RunAsync(rest);
    // A fleet at a given pace, to measure something else under it: steady REDIS RATE SECONDS [AHEAD].
    case ["steady", .. var pace]:
        return await SteadyRun.RunAsync(pace);
}

// All of them: --filter '*'. One folder: --filter '*.Filters.*'. A quick look: --iterationCount 3 --warmupCount 1.
BenchmarkSwitcher.FromAssembly(typeof(BenchmarkConfig).Assembly).Run(args, new BenchmarkConfig());
return 0;
