using Microsoft.AspNetCore.Components;
using Nexus.Monitoring.Web.Api;
using Nexus.Monitoring.Web.Components.Boards;
using Nexus.Monitoring.Web.Live;
using Nexus.Monitoring.Web.Pages;
using Nexus.Monitoring.Web.Sessions;
using Nexus.Monitoring.Web.Trends;

namespace Nexus.Monitoring.Web.Components.Trends;

/// <summary>
/// A panel about a period of the history. Its parameters are the words of an address, so that it can stand on any page; a period that ends
/// now is asked for again as time passes.
/// </summary>
public abstract class TrendComponent : LiveComponent
{
    /// <summary>One of <see cref="TimeRange.Choices"/> by its name, or <see cref="From"/> and <see cref="To"/>.</summary>
    [Parameter]
    public string? Range { get; set; }

    [Parameter]
    public string? From { get; set; }

    [Parameter]
    public string? To { get; set; }

    [Parameter]
    public string? Project { get; set; }

    [Parameter]
    public string? TaskType { get; set; }

    /// <summary>A query of docs/query.md.</summary>
    [Parameter]
    public string? Query { get; set; }

    /// <summary>A line, or a row, for each of these.</summary>
    [Parameter]
    public string? By { get; set; }

    [Inject]
    private protected SharedAnswers Answers { get; set; } = default!;

    [Inject]
    private protected SessionView Sessions { get; set; } = default!;

    protected TrendScope Scope { get; private set; } = default!;

    protected TrendPeriod Period { get; private set; }

    protected override void OnParametersSet() => Look();

    protected override bool Look()
    {
        var (scope, period) = (Scope, Period);
        Scope = new TrendScope
        {
            Range = TimeRange.Read(Range, From, To, TrendDefaults.Range), Project = Project, TaskType = TaskType, Query = Query, By = By, Session = Sessions.Id,
        };
        Period = Scope.At(Feed.Now);
        return scope != Scope || period != Period;
    }

    /// <summary>What is pinned with it, apart from project, range and query.</summary>
    /// <param name="more">Of this panel alone.</param>
    private protected string? ToPin(params ReadOnlySpan<(string Name, string? Value)> more) =>
        PanelChoices.Write([("from", From), ("to", To), ("type", TaskType), ("by", By), .. more]);

    /// <summary>How old an answer may be that somebody else asked for.</summary>
    protected TimeSpan MaxAge => Scope.Range.EndsNow ? Scope.Refresh(Feed.Now) : TimeSpan.FromMinutes(1);
}
