using System.Buffers;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Http.Events;

/// <summary>One event or control frame a line.</summary>
internal sealed class NdjsonSink : IStreamSink
{
    public const string ContentType = "application/x-ndjson";

    private readonly HttpContext _http;

    public NdjsonSink(HttpContext http)
    {
        _http = http;
        http.Response.ContentType = ContentType;
    }

    public string Transport => "ndjson";

    public async ValueTask SendEventsAsync(LogPosition after, LogPosition upto, List<LogEntry> entries)
    {
        var output = _http.Response.BodyWriter;
        for (var i = 0; i < entries.Count; i++)
        {
            output.Write(entries[i].Json.Span);
            output.Write("\n"u8);
        }

        await output.FlushAsync();
    }

    public void Abort() => _http.Abort();

    public async ValueTask SendFrameAsync(StreamFrame frame)
    {
        var output = _http.Response.BodyWriter;
        output.Write(FrameEncoder.ToUtf8(frame));
        output.Write("\n"u8);
        await output.FlushAsync();
    }
}
