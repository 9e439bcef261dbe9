namespace Nexus.Monitoring.Api.Log;

/// <summary>Why an entry of the log is no event. Values of the metric tag <c>kind</c>.</summary>
internal static class SkipKinds
{
    /// <summary>The entry has no field that could hold an event.</summary>
    public const string NoEvent = "no_event";

    public const string TooBig = "too_big";

    public const string NotUtf8 = "not_utf8";

    public const string BadJson = "bad_json";

    /// <summary>JSON, but a field is missing or has the wrong type.</summary>
    public const string InvalidEvent = "invalid_event";

    /// <summary>An event about which a client's filter could not decide; that client does not get it.</summary>
    public const string NotFiltered = "not_filtered";

    /// <summary>The log went backwards and the entry lies before a position that clients already have.</summary>
    public const string BehindReset = "behind_reset";
}
