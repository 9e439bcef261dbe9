using System.Net;
using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Testing.Delivery;

namespace Nexus.IntegrationTests.Transports;

/// <summary>The endless body of <c>GET /api/events</c>, read line by line.</summary>
public abstract class HttpTransport : StreamTransport
{
    public override bool HasIntervals => false;

    public override async Task<StreamConnection> OpenAsync(Uri node, EventFilter filter, LogPosition? cursor, ReaderJournal journal)
    {
        var http = new HttpClient();
        try
        {
            var answer = await http.SendAsync(Request(node, filter, cursor), HttpCompletionOption.ResponseHeadersRead);
            if (answer.StatusCode != HttpStatusCode.OK)
            {
                throw new StreamRefusedException($"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
            }

            var lines = new StreamReader(await answer.Content.ReadAsStreamAsync());
            return new StreamConnection(cancellation => ReadAsync(lines, journal, cancellation), () =>
            {
                http.Dispose();
                return ValueTask.CompletedTask;
            });
        }
        catch
        {
            http.Dispose();
            throw;
        }
    }

    public override async Task<string?> RefusalAsync(Uri node, string query)
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri(node, $"/api/events?follow=true&{query}"), HttpCompletionOption.ResponseHeadersRead);
        return answer.StatusCode == HttpStatusCode.OK ? null : $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}";
    }

    protected abstract HttpRequestMessage Request(Uri node, EventFilter filter, LogPosition? cursor);

    /// <summary>What is done with each line of one connection.</summary>
    protected abstract Action<string> TakeInto(ReaderJournal journal);

    private async Task<StreamEnd> ReadAsync(StreamReader lines, ReaderJournal journal, CancellationToken cancellation)
    {
        var take = TakeInto(journal);
        while (await lines.ReadLineAsync(cancellation) is { } line)
        {
            take(line);
        }

        return new StreamEnd(null, "The body ended.");
    }
}
