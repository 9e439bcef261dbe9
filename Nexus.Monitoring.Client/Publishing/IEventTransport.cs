namespace Nexus.Monitoring.Client.Publishing;

/// <summary>Brings batches to the log. Used by one sender, one batch at a time.</summary>
internal interface IEventTransport
{
    /// <summary>What <c>messaging.system</c> says.</summary>
    string System { get; }

    /// <summary>Most bytes of JSON in one batch; a single event may be longer.</summary>
    int MaxBatchBytes { get; }

    /// <summary>Sends the batch. After a failure it is called again with the same instance, until it succeeds.</summary>
    /// <exception cref="Log.LogUnavailableException">No answer; the batch may or may not be in the log.</exception>
    Task<BatchAnswer> SendAsync(EventBatch batch, CancellationToken cancellationToken);

    /// <summary>Completes when it is worth trying again early, for example because a connection is back; may never complete.</summary>
    Task WaitForRecoveryAsync(CancellationToken cancellationToken);
}
