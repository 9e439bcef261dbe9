namespace Nexus.Monitoring.Web.Preferences;

/// <summary>
/// The zone of all times, kept by each browser in a cookie, so that the first paint already has it: nothing for UTC, or
/// <c>local:Europe/Berlin</c>. zone.js writes it, also when the machine has moved to another zone.
/// </summary>
internal static class ZonePreference
{
    public const string Cookie = "nexus-zone";

    private const string Local = "local:";
    private const int Longest = 64;

    /// <summary>UTC also where this machine does not know the zone.</summary>
    public static TimeZoneInfo Read(string? cookie) =>
        cookie is not null
        && cookie.StartsWith(Local, StringComparison.Ordinal)
        && cookie.Length <= Longest
        && TimeZoneInfo.TryFindSystemTimeZoneById(cookie[Local.Length..], out var zone)
            ? zone
            : TimeZoneInfo.Utc;
}
