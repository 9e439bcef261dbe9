namespace Nexus.Monitoring.Api.Tests.Fixtures;

/// <summary>Tests that measure the memory of their process: nothing else may run in it.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
