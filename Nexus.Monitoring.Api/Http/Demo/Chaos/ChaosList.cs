namespace Nexus.Monitoring.Api.Http.Demo.Chaos;

/// <summary>What there is to break, what is broken now, and what was.</summary>
internal sealed record ChaosList(IReadOnlyList<ChaosAction> Available, IReadOnlyList<ChaosEffect> Running, IReadOnlyList<ChaosEffect> Ended);
