namespace Nexus.Monitoring.Web.Formatting;

/// <summary>Short forms for the eye. What is copied, linked or searched for is always the full id.</summary>
public static class Ids
{
    private const int Length = 8;

    /// <summary>The first eight characters; version 7 ids begin with their time, so of those the last eight.</summary>
    public static string Brief(string id)
    {
        if (id.Length <= Length + 4)
        {
            return id;
        }

        return Guid.TryParse(id, out var guid) && guid.Version == 7 ? id[^Length..] : id[..Length];
    }

    public static string Trace(string traceId) => traceId.Length <= 16 ? traceId : $"{traceId[..8]}…{traceId[^7..]}";
}
