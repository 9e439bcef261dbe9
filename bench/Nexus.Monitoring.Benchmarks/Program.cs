using BenchmarkDotNet.Running;
using Nexus.Monitoring.Benchmarks;

// All of them: --filter '*'. One folder: --filter '*.Filters.*'. A quick look: --iterationCount 3 --warmupCount 1.
BenchmarkSwitcher.FromAssembly(typeof(BenchmarkConfig).Assembly).Run(args, new BenchmarkConfig());
