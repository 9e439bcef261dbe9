using System.Net;
using System.Net.WebSockets;
using System.Text.Json;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.Json;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Testing.Delivery;

namespace Nexus.IntegrationTests.Transports;

/// <summary><c>/ws/monitoring</c>, with one event a message or with batches.</summary>
public sealed class WebSocketTransport(string format) : StreamTransport
{
    public override string Name => $"websocket-{format}";

    public override bool HasIntervals => format == "batch";

    public override async Task<StreamConnection> OpenAsync(Uri node, EventFilter filter, LogPosition? cursor, ReaderJournal journal)
    {
        var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        try
        {
            await socket.ConnectAsync(Address(node, Query(filter, cursor, $"format={format}")), CancellationToken.None);
        }
        catch (WebSocketException error)
        {
            var status = socket.HttpStatusCode;
            socket.Dispose();
            throw status == default ? new HttpRequestException(error.Message, error) : new StreamRefusedException($"{(int)status} {status}", error);
        }

        return new StreamConnection(cancellation => ReadAsync(socket, journal, cancellation), () =>
        {
            socket.Abort();
            socket.Dispose();
            return ValueTask.CompletedTask;
        });
    }

    /// <summary>The body of a refused upgrade is seen by a plain request only, and a query is judged before the upgrade.</summary>
    public override async Task<string?> RefusalAsync(Uri node, string query)
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri(node, $"/ws/monitoring?format={format}&{query}"));
        return answer.StatusCode == HttpStatusCode.UpgradeRequired ? null : $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}";
    }

    internal static void Take(ReadOnlySpan<byte> json, ReaderJournal journal)
    {
        if (EventJson.TryRead(json, out var e, out _))
        {
            journal.Take(e);
        }
        else
        {
            journal.Take(JsonSerializer.Deserialize(json, MonitoringJson.Context.StreamFrame)!);
        }
    }

    private static Uri Address(Uri node, string query) => new UriBuilder(node) { Scheme = "ws", Path = "/ws/monitoring", Query = query }.Uri;

    private static async Task<StreamEnd> ReadAsync(ClientWebSocket socket, ReaderJournal journal, CancellationToken cancellation)
    {
        var buffer = new byte[64 * 1024];
        var length = 0;
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(length), cancellation);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return new StreamEnd((int?)socket.CloseStatus, socket.CloseStatusDescription ?? "");
            }

            length += part.Count;
            if (part.EndOfMessage)
            {
                Take(buffer.AsSpan(0, length), journal);
                length = 0;
            }
            else if (length == buffer.Length)
            {
                Array.Resize(ref buffer, buffer.Length * 2);
            }
        }
    }
}
