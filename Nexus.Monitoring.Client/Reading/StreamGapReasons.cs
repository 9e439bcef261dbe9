namespace Nexus.Monitoring.Client.Reading;

/// <summary>Reasons of gap frames that the reader itself makes, beside those of <c>GapReasons</c>.</summary>
public static class StreamGapReasons
{
    /// <summary>
    /// A frame did not begin where the one before had ended, also when the reader had come back to there once more: events in between may
    /// be missing, and the node does not say so.
    /// </summary>
    public const string ChainBroken = "chain_broken";
}
