using System.Text;
using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Testing.Delivery;

namespace Nexus.IntegrationTests.Transports;

/// <summary><c>GET /api/events?follow=true</c></summary>
public sealed class NdjsonTransport : HttpTransport
{
    public override string Name => "ndjson";

    protected override HttpRequestMessage Request(Uri node, EventFilter filter, LogPosition? cursor) =>
        new(HttpMethod.Get, new Uri(node, $"/api/events?{Query(filter, cursor, "follow=true")}"));

    protected override Action<string> TakeInto(ReaderJournal journal) => line => WebSocketTransport.Take(Encoding.UTF8.GetBytes(line), journal);
}
