using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Streaming;

/// <summary>All matching events of the interval (<paramref name="After"/>, <paramref name="Upto"/>], in the log's order.</summary>
internal sealed record LogPage(LogPosition After, LogPosition Upto, IReadOnlyList<LogEntry> Entries);
