namespace Nexus.Monitoring.Contracts.Events;
/// <summary>x</summary>
public static class EventTypes { }
