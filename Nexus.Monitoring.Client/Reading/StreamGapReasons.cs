namespace Nexus.Monitoring.Client.Reading;

/// <summary>Reasons of gap frames that the reader itself makes, beside those of <c>GapReasons</c>.</summary>
public static class StreamGapReasons
{
    /// <summary>A frame did not begin where the one before had ended, so events in between may be missing.</summary>
    public const string ChainBroken = "chain_broken";
}
