namespace Nexus.Monitoring.Api.History.Writing;

/// <summary>What minutes count of an event; times in milliseconds, <paramref name="RanMs"/> as measured, else by the log's clock.</summary>
internal readonly record struct CountedEvent(
    string EventType, string? Project, string? TaskType, string? Phase, int? Worker, long? WaitMs, long? RanMs);
