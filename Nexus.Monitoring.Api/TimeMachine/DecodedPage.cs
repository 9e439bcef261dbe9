using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.TimeMachine;

/// <summary>A page of the history, ready to be folded, more than once if need be.</summary>
/// <param name="After">Where it begins.</param>
/// <param name="Page">What was read.</param>
/// <param name="Events">Its events, in their order; null where one cannot be read.</param>
/// <param name="Wanted">Up to where was asked.</param>
internal sealed record DecodedPage(LogPosition After, HistoryPage Page, MonitoringEvent?[] Events, LogPosition Wanted)
{
    /// <summary>What follows it within what was asked for, and is gone.</summary>
    public HistoryGap? Gap => Page.Gap is { IsEmpty: false } gap && gap.Upto <= Wanted ? Page.Gap : null;

    /// <summary>Where the next one begins.</summary>
    public LogPosition End => Gap?.Upto ?? (Page.Gap is { } open && open.Upto > Wanted ? Wanted : Page.Upto);
}
