using Nexus.Monitoring.Contracts.Query;

namespace Nexus.Monitoring.Api.History.Exports;

/// <summary>Which events are exported.</summary>
/// <param name="Query">What they have to match.</param>
/// <param name="Range">Where they lie.</param>
/// <param name="Now">What relative times refer to.</param>
internal sealed record ExportQuestion(EventQuery Query, HistoryRange Range, DateTimeOffset Now);
