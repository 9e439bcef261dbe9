namespace Nexus.Monitoring.Web.Formatting;

/// <summary>Short forms for the eye. What is copied, linked or searched for is always the full id.</summary>
public static class Ids
{
    private const int Length = 8;
    private const int Whole = 14;

    /// <summary>
    /// Of a UUID the first eight characters; version 7 begins with its time, so of that the last eight. Other ids are whole up to
    /// fourteen characters.
    /// </summary>
    public static string Brief(string id)
    {
        if (Guid.TryParse(id, out var guid))
        {
            return guid.Version == 7 ? id[^Length..] : id[..Length];
        }

        return id.Length <= Whole ? id : id[..(Whole - 1)] + "…";
    }

    /// <summary>Of a process, <c>service/instance</c>, what tells it from its like.</summary>
    public static string Instance(string? source) =>
        source is null ? "" : source.LastIndexOf('/') is >= 0 and var slash && slash < source.Length - 1 ? Brief(source[(slash + 1)..]) : source;

    public static string Trace(string traceId) => traceId.Length <= 16 ? traceId : $"{traceId[..8]}…{traceId[^7..]}";
}
