using System.Text;
using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Testing.Delivery;

namespace Nexus.IntegrationTests.Transports;

/// <summary>As a browser's EventSource reads it: it comes back with the last <c>id</c> that it saw.</summary>
public sealed class ServerSentEventsTransport : HttpTransport
{
    public override string Name => "sse";

    protected override HttpRequestMessage Request(Uri node, EventFilter filter, LogPosition? cursor)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(node, $"/api/events?{Query(filter, null)}"));
        request.Headers.Add("Accept", "text/event-stream");
        if (cursor is { } position)
        {
            request.Headers.Add("Last-Event-ID", position.ToString());
        }

        return request;
    }

    /// <summary>The id that a browser would keep must be where the journal stands.</summary>
    protected override Action<string> TakeInto(ReaderJournal journal)
    {
        const string Data = "data: ", Id = "id: ";
        LogPosition? id = null;
        return line =>
        {
            if (line.StartsWith(Id, StringComparison.Ordinal))
            {
                id = LogPosition.Parse(line[Id.Length..]);
            }
            else if (line.StartsWith(Data, StringComparison.Ordinal))
            {
                WebSocketTransport.Take(Encoding.UTF8.GetBytes(line[Data.Length..]), journal);
                if (id is not null && journal.Cursor != id)
                {
                    throw new InvalidDataException($"The id of the message is {id}, and its cursor {journal.Cursor}.");
                }
            }
        };
    }
}
