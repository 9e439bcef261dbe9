using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Streaming;

/// <summary>What a reader finds next.</summary>
/// <param name="Kind">Which of the other values are set.</param>
/// <param name="After">Where the interval begins, exclusive.</param>
/// <param name="Upto">Where it ends, inclusive.</param>
/// <param name="Entries">What matches in it. Reused: valid until the reader's next step or release.</param>
/// <param name="Scanned">How many entries were looked at.</param>
/// <param name="Gap">What cannot be read.</param>
/// <param name="Replayed">How many entries were read from behind the ring for it.</param>
internal readonly record struct ReaderStep(
    ReaderStepKind Kind,
    LogPosition After = default,
    LogPosition Upto = default,
    List<LogEntry>? Entries = null,
    int Scanned = 0,
    GapFrame? Gap = null,
    int Replayed = 0);
