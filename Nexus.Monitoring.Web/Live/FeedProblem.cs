namespace Nexus.Monitoring.Web.Live;

/// <summary>Why the stream is not there, in a sentence for people; the log has the details.</summary>
internal static class FeedProblem
{
    public static string InWords(Exception problem) => problem switch
    {
        HttpRequestException { StatusCode: { } status } => $"The API answered {(int)status}.",
        HttpRequestException => "The API is not reachable.",
        TimeoutException or TaskCanceledException => "The API does not answer.",
        _ => problem.Message,
    };
}
