using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Http.Events;

/// <summary>
/// Events are unnamed, with their position as id, so that a browser comes back with it by itself; control frames are named by their type.
/// </summary>
/// <remarks>
/// <code>
/// id: 1795435391750-3
/// data: {"event_id":"…","cursor":"1795435391750-3"}
///
/// event: ping
/// id: 1795435391750-9
/// data: {"type":"ping","cursor":"1795435391750-9"}
/// </code>
/// </remarks>
/// <seealso href="https://html.spec.whatwg.org/multipage/server-sent-events.html"/>
internal sealed class ServerSentEventsSink : IStreamSink
{
    public const string ContentType = "text/event-stream";

    private readonly HttpContext _http;

    public ServerSentEventsSink(HttpContext http)
    {
        _http = http;
        http.Response.ContentType = ContentType;
    }

    public string Transport => "sse";

    public async ValueTask SendEventsAsync(LogPosition after, LogPosition upto, List<LogEntry> entries)
    {
        var output = _http.Response.BodyWriter;
        for (var i = 0; i < entries.Count; i++)
        {
            WriteId(output, entries[i].Position);
            WriteData(output, entries[i].Json.Span);
        }

        await output.FlushAsync();
    }

    public void Abort() => _http.Abort();

    public async ValueTask SendFrameAsync(StreamFrame frame)
    {
        var output = _http.Response.BodyWriter;
        var json = FrameEncoder.ToUtf8(frame);
        output.Write("event: "u8);
        output.Write(Encoding.UTF8.GetBytes(TypeOf(json)));
        output.Write("\n"u8);
        // What a frame accounts for need not be read again either.
        if (((frame as PingFrame)?.Cursor ?? (frame as GapFrame)?.Upto) is { } position)
        {
            WriteId(output, position);
        }

        WriteData(output, json);
        await output.FlushAsync();
    }

    private static void WriteId(PipeWriter output, LogPosition position)
    {
        output.Write("id: "u8);
        position.TryFormat(output.GetSpan(LogPosition.MaxLength), out var written);
        output.Advance(written);
        output.Write("\n"u8);
    }

    private static void WriteData(PipeWriter output, ReadOnlySpan<byte> json)
    {
        output.Write("data: "u8);
        output.Write(json);
        output.Write("\n\n"u8);
    }

    /// <summary>A frame begins with its type.</summary>
    private static string TypeOf(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        reader.Read();
        reader.Read();
        return reader.GetString()!;
    }
}
