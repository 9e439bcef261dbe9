namespace Nexus.Monitoring.Api.Watch;

/// <summary>
/// Since when this node has watched the log's clock without a break. What it did not watch, it does not count as anybody's silence: after it was
/// asleep, the log was away or a clock jumped, everybody has the whole time again. Not thread-safe.
/// </summary>
/// <param name="longestBreak">What may lie between two looks, and by how much the two clocks may disagree over it.</param>
internal sealed class ObservedTime(TimeSpan longestBreak)
{
    private DateTimeOffset? _since;
    private DateTimeOffset _last;

    /// <summary>By the log's clock; null while nothing is observed.</summary>
    public DateTimeOffset? Since => _since;

    /// <param name="now">The log's clock.</param>
    /// <param name="elapsed">What passed since the last look, by this node's own steady clock.</param>
    public void Look(DateTimeOffset now, TimeSpan elapsed)
    {
        var passed = now - _last;
        if (_since is null || elapsed > longestBreak || passed > longestBreak || passed < TimeSpan.Zero || (passed - elapsed).Duration() > longestBreak)
        {
            _since = now;
        }

        _last = now;
    }

    /// <summary>The log did not answer.</summary>
    public void Interrupt() => _since = null;
}
