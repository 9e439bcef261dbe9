using Microsoft.AspNetCore.Http.Features;
using Nexus.Monitoring.Api.Streaming;

namespace Nexus.Monitoring.Api.Http.Events;

/// <summary>A stream as the endless body of an HTTP answer.</summary>
internal sealed class HttpStream(HttpContext http, StreamSession session)
{
    public async Task RunAsync()
    {
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        http.Response.Headers.CacheControl = "no-cache";
        await using var gone = http.RequestAborted.UnsafeRegister(static state => ((StreamSession)state!).End(), session);
        try
        {
            if (await session.RunAsync(http.RequestAborted) == SessionEnd.SlowConsumer)
            {
                http.Abort();
            }
        }
        catch (Exception error) when (error is OperationCanceledException or IOException)
        {
            // The client left.
        }
    }
}
