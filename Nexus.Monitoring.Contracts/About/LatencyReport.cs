namespace Nexus.Monitoring.Contracts.About;

/// <summary>How long events took for a part of their way, in milliseconds; percentiles are at most 3.2 % off.</summary>
/// <param name="From">Where that part begins: <c>producer</c> or <c>log</c>.</param>
/// <param name="To">Where it ends: <c>log</c> or <c>api</c>.</param>
/// <param name="Count">Events measured in the last minute.</param>
/// <param name="P50">Half of them took at most this; absent when none was measured.</param>
/// <param name="P95">95 % took at most this.</param>
/// <param name="P99">99 % took at most this.</param>
/// <remarks>Two machines' clocks are compared; where the earlier one is ahead, the difference counts as 0.</remarks>
public sealed record LatencyReport(string From, string To, long Count, double? P50, double? P95, double? P99);
