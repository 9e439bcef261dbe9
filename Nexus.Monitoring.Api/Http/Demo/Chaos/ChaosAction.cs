namespace Nexus.Monitoring.Api.Http.Demo.Chaos;

/// <summary>Something that can be broken.</summary>
/// <param name="What">Its name in the address.</param>
/// <param name="Summary">What really happens.</param>
/// <param name="Parameters">What it can be told.</param>
internal sealed record ChaosAction(string What, string Summary, IReadOnlyList<ChaosParameter> Parameters);
