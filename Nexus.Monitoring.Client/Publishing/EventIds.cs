namespace Nexus.Monitoring.Client.Publishing;

/// <summary>Version 7 UUIDs: unique without coordination, and sorted by time.</summary>
internal static class EventIds
{
    public static string Create(DateTimeOffset time) =>
        Guid.CreateVersion7(time < DateTimeOffset.UnixEpoch ? DateTimeOffset.UnixEpoch : time).ToString();
}
