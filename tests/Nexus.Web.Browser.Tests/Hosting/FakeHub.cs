using Microsoft.AspNetCore.SignalR;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Web.Browser.Tests.Hosting;

/// <summary>The hub of the stream, as docs/protocol.md has it, over a log in memory.</summary>
internal sealed class FakeHub(FakeApi api) : Hub
{
    public async Task Subscribe(FilterFrame? filter, string? cursor)
    {
        _ = filter;
        var position = LogPosition.TryParse(cursor, out var given) ? given : api.Head;
        await Clients.Caller.SendAsync("Resumed", new ResumedFrame { After = position, Replayed = 0 });
        api.Serve(SendAsync(Clients.Caller, position, Context.ConnectionAborted));
    }

    private async Task SendAsync(ISingleClientProxy client, LogPosition position, CancellationToken aborted)
    {
        try
        {
            while (!aborted.IsCancellationRequested)
            {
                var (events, upto) = api.After(position);
                if (events.Count > 0)
                {
                    await client.SendAsync("Events", new EventsFrame { After = position, Upto = upto, Events = events }, aborted);
                    position = upto;
                }
                else
                {
                    await api.AppendedAfterAsync(position, aborted);
                }
            }
        }
        catch (OperationCanceledException) when (aborted.IsCancellationRequested)
        {
            // The dashboard went, or this API was stopped.
        }
    }
}
