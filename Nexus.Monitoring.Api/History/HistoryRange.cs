using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.History;

/// <summary>The interval (<paramref name="After"/>, <paramref name="Upto"/>] of the log.</summary>
internal readonly record struct HistoryRange(LogPosition After, LogPosition Upto);
