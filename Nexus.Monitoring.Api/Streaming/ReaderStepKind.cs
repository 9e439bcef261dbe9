namespace Nexus.Monitoring.Api.Streaming;

internal enum ReaderStepKind
{
    /// <summary>The reader is at the head.</summary>
    Idle,

    /// <summary>An interval of the log was read; perhaps nothing in it matches.</summary>
    Batch,

    /// <summary>An interval of the log cannot be read.</summary>
    Gap,
}
