namespace Nexus.Monitoring.Client.Publishing;

/// <summary>Why an event was never sent.</summary>
public static class DropReasons
{
    /// <summary>The buffer was full.</summary>
    public const string Overflow = "overflow";

    /// <summary>Longer than <see cref="MonitoringOptions.MaxEventSizeBytes"/>, also after shortening.</summary>
    public const string TooLarge = "too_large";

    /// <summary>Not an event, for example without a type, or with contents that cannot be written as JSON.</summary>
    public const string Invalid = "invalid";

    /// <summary>The receiving service refused it.</summary>
    public const string Rejected = "rejected";

    /// <summary>Publishing is switched off.</summary>
    public const string Disabled = "disabled";

    /// <summary>It still waited when the process had to stop.</summary>
    public const string Shutdown = "shutdown";

    internal static readonly string[] All = [Overflow, TooLarge, Invalid, Rejected, Disabled, Shutdown];
}
