using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.History.Writing;

/// <summary>What a row says about time by the log's clock, in milliseconds; null where its event ends nothing of the kind.</summary>
/// <param name="WaitMs">How long the attempt that begins, or the last one of a task that ends, had waited.</param>
/// <param name="TookMs">How long what ended took.</param>
/// <param name="LivedMs">How long ago a task that ends was first queued.</param>
/// <param name="BeforeMs">What of that lay before its last attempt was queued; <see cref="Unknown"/> when an attempt is all that is known.</param>
/// <param name="Reopened">Where the task had ended before, which it has not any longer.</param>
internal readonly record struct AttemptTimes(
    long? WaitMs = null, long? TookMs = null, long? LivedMs = null, int? BeforeMs = null, LogPosition? Reopened = null)
{
    /// <summary>There was an attempt, but not from the queue on.</summary>
    public const int Unknown = -1;
}
