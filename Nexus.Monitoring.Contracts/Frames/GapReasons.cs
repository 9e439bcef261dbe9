namespace Nexus.Monitoring.Contracts.Frames;

/// <summary>Why events will not come.</summary>
public static class GapReasons
{
    /// <summary>The reader fell behind further than its limit.</summary>
    public const string SlowConsumer = "slow_consumer";

    /// <summary>They are older than what is kept.</summary>
    public const string Retention = "retention";

    /// <summary>The log lost its data and started again.</summary>
    public const string LogReset = "log_reset";
}
