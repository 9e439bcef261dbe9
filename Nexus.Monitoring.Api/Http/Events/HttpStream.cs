using Microsoft.AspNetCore.Http.Features;
using Nexus.Monitoring.Api.Problems;
using Nexus.Monitoring.Api.Streaming;

namespace Nexus.Monitoring.Api.Http.Events;

/// <summary>A stream as the endless body of an HTTP answer.</summary>
internal sealed class HttpStream(HttpContext http, StreamSession session)
{
    /// <summary>What to answer instead; null when there was a stream.</summary>
    public async Task<IResult?> RunAsync()
    {
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        http.Response.Headers.CacheControl = "no-cache";
        await using var gone = http.RequestAborted.UnsafeRegister(static state => ((StreamSession)state!).End(), session);
        try
        {
            var end = await session.RunAsync(http.RequestAborted);
            if (end == SessionEnd.UnknownCursor && !http.Response.HasStarted)
            {
                return Problem.BadParameter(StreamRequest.AheadOfTheLog(session.Position));
            }

            if (end is SessionEnd.SlowConsumer or SessionEnd.UnknownCursor)
            {
                http.Abort();
            }
        }
        catch (Exception error) when (error is OperationCanceledException or IOException)
        {
            // The client left.
        }

        return null;
    }
}
