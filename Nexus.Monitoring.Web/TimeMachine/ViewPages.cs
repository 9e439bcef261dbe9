using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Web.Live;
using Nexus.Monitoring.Web.Sessions;

namespace Nexus.Monitoring.Web.TimeMachine;

/// <summary>
/// Pages of the log as one viewer sees it: nothing after the instant this viewer has gone to, and nothing at all where an imported session is shown,
/// which has a history and no log.
/// </summary>
internal sealed class ViewPages(ApiEventPages pages, TimeView view, SessionView session) : IEventPages
{
    public LogPosition? Until => session.Id is null && view.Status is { IsAway: true, Position: { } instant } ? instant : null;

    public async Task<EventsFrame> ReadBackAsync(LogPosition? upto, string? run, CancellationToken cancellationToken)
    {
        if (session.Id is not null)
        {
            return new EventsFrame { After = LogPosition.Start, Upto = LogPosition.Start, Events = [] };
        }

        var end = Until is { } instant && (upto is null || upto > instant) ? instant : upto;
        return await pages.ReadBackAsync(end, run, cancellationToken);
    }
}
