namespace Nexus.Monitoring.Client.Publishing;

/// <summary>One caller that waits until everything up to <paramref name="upto"/> has left the buffer.</summary>
internal sealed class FlushWait(long upto) : TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    private bool _lostOne;

    /// <summary>An event was dropped. True ends the wait's interest in the answer "all sent".</summary>
    public void Dropped(long sequence) => _lostOne |= sequence <= upto;

    /// <summary>Everything up to <paramref name="settled"/> has been sent or dropped. True when the wait is over.</summary>
    public bool Settle(long settled)
    {
        if (settled < upto)
        {
            return false;
        }

        TrySetResult(!_lostOne);
        return true;
    }
}
