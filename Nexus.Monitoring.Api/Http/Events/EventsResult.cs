using System.Buffers;
using Nexus.Monitoring.Api.Streaming;

namespace Nexus.Monitoring.Api.Http.Events;

/// <summary>A page of the log as an events frame; the events' bytes are copied, not encoded again.</summary>
internal sealed class EventsResult(LogPage page) : IResult
{
    private static readonly EventsEncoding Frame = new();

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var entries = page.Entries as List<LogEntry> ?? [.. page.Entries];
        var buffer = ArrayPool<byte>.Shared.Rent(Frame.LengthFor(entries));
        var length = Frame.WriteJson(buffer, 0, page.After, page.Upto, entries);
        httpContext.Response.ContentType = "application/json; charset=utf-8";
        httpContext.Response.ContentLength = length;
        await httpContext.Response.Body.WriteAsync(buffer.AsMemory(0, length), httpContext.RequestAborted);
        ArrayPool<byte>.Shared.Return(buffer);
    }
}
