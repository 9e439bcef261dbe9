using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Web.Live;

namespace Nexus.Monitoring.Web.TimeMachine;

/// <summary>Pages of the log as one viewer sees it: nothing after the instant this viewer has gone to.</summary>
internal sealed class ViewPages(ApiEventPages pages, TimeView view) : IEventPages
{
    public LogPosition? Until => view.Status is { IsAway: true, Position: { } instant } ? instant : null;

    public async Task<EventsFrame> ReadBackAsync(LogPosition? upto, string? run, CancellationToken cancellationToken)
    {
        var end = Until is { } instant && (upto is null || upto > instant) ? instant : upto;
        return await pages.ReadBackAsync(end, run, cancellationToken);
    }
}
