using System.Buffers;
using Nexus.Monitoring.Api.Streaming;

namespace Nexus.Monitoring.Api.Http.Events;

/// <summary>A page of the log as an events frame; the events' bytes are copied, not encoded again.</summary>
internal sealed class EventsResult(LogPage page) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var buffer = new ArrayBufferWriter<byte>();
        FrameEncoder.WriteEvents(buffer, page.After, page.Upto, page.Entries);
        httpContext.Response.ContentType = "application/json; charset=utf-8";
        httpContext.Response.ContentLength = buffer.WrittenCount;
        await httpContext.Response.Body.WriteAsync(buffer.WrittenMemory, httpContext.RequestAborted);
    }
}
