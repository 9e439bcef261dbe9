using System.Text;
using System.Text.Json;
using Nexus.Monitoring.Api.Streaming;

namespace Nexus.Monitoring.Api.SignalR;

/// <summary>What a node says in SignalR's JSON protocol, each record as a message that is ready to go.</summary>
/// <seealso href="https://github.com/dotnet/aspnetcore/blob/main/src/SignalR/docs/specs/HubProtocol.md"/>
internal static class HubRecords
{
    public const byte End = 0x1E;

    public static EventsEncoding Events { get; } = new(CallTo(HubMethods.Events), "]}\u001e");

    public static byte[] HandshakeDone { get; } = TextFrame.Of("{}\u001e"u8);

    public static byte[] Ping { get; } = TextFrame.Of("{\"type\":6}\u001e"u8);

    public static byte[] HandshakeFailed(string error) => Write(json => json.WriteString("error", error));

    public static byte[] Call(string method, ReadOnlySpan<byte> argument) =>
        TextFrame.Of([.. Encoding.UTF8.GetBytes(CallTo(method)), .. argument, .. "]}\u001e"u8]);

    public static byte[] Completion(string invocationId, string? error) => Write(json =>
    {
        json.WriteNumber("type", 3);
        json.WriteString("invocationId", invocationId);
        if (error is null)
        {
            json.WriteNull("result");
        }
        else
        {
            json.WriteString("error", error);
        }
    });

    /// <param name="error">Why; null when nothing is wrong.</param>
    /// <param name="allowReconnect">Whether the client may come back by itself.</param>
    public static byte[] Close(string? error, bool allowReconnect) => Write(json =>
    {
        json.WriteNumber("type", 7);
        if (error is not null)
        {
            json.WriteString("error", error);
        }

        json.WriteBoolean("allowReconnect", allowReconnect);
    });

    private static string CallTo(string method) => $"{{\"type\":1,\"target\":\"{method}\",\"arguments\":[";

    private static byte[] Write(Action<Utf8JsonWriter> writeFields)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            writeFields(json);
            json.WriteEndObject();
        }

        buffer.WriteByte(End);
        return TextFrame.Of(buffer.ToArray());
    }
}
