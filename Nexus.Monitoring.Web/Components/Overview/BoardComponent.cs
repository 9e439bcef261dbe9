using Microsoft.AspNetCore.Components;
using Nexus.Monitoring.Web.Board;
using Nexus.Monitoring.Web.Live;

namespace Nexus.Monitoring.Web.Components.Overview;

/// <summary>A component that shows a part of the board, of one project or of all; renders when there is a newer board.</summary>
public abstract class BoardComponent : LiveComponent
{
    [Parameter]
    public string? Project { get; set; }

    /// <summary>Null until something has arrived.</summary>
    protected BoardModel? Board { get; private set; }

    /// <summary>The clock of the page; stands still when the stream is lost.</summary>
    protected DateTimeOffset Now { get; private set; }

    protected override void OnParametersSet() => Look();

    protected override bool Look()
    {
        var (board, now) = (Board, Now);
        Board = Feed.Board(Project);
        Now = Feed.Now;
        return !ReferenceEquals(board, Board) || now != Now;
    }
}
