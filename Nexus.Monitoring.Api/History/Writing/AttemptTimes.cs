namespace Nexus.Monitoring.Api.History.Writing;

/// <summary>What a row says about time, in milliseconds; null where its event ends nothing of the kind.</summary>
/// <param name="WaitMs">How long the attempt that begins, or the last one of a task that ends, had waited.</param>
/// <param name="TookMs">How long what ended took, as its producer measured, else by the log's clock.</param>
/// <param name="RanMs">How long the last attempt of a task that ends ran by the log's clock.</param>
/// <param name="LivedMs">How long ago a task that ends was first queued, unless that is just the sum of waiting and running.</param>
internal readonly record struct AttemptTimes(long? WaitMs = null, long? TookMs = null, long? RanMs = null, long? LivedMs = null);
