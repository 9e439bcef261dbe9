namespace Nexus.Monitoring.Api.Streaming;

/// <summary>What happens to a client that falls behind; each subscription says it for itself.</summary>
internal enum SlowPolicy
{
    /// <summary>It reads on where it stands, as far back as the log and its limit reach.</summary>
    CatchUp,

    /// <summary>It gets a gap and goes on live.</summary>
    Skip,

    /// <summary>It is closed and told where to come back.</summary>
    Disconnect,
}
