namespace Nexus.Monitoring.Api.Http.Demo;

/// <summary>One event that was appended.</summary>
internal sealed record DemoEvent(string EventId, string EventType, string? Cursor);
