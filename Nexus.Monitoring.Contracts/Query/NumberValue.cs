namespace Nexus.Monitoring.Contracts.Query;

/// <summary>A number; of a duration, in milliseconds.</summary>
/// <param name="Number">Whole, except for values inside <c>meta</c>.</param>
public sealed record NumberValue(decimal Number) : QueryValue;
