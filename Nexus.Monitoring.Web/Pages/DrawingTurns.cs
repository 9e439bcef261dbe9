namespace Nexus.Monitoring.Web.Pages;

/// <summary>
/// Whose turn it is to be drawn, on one circuit. What waits here is drawn one after the other, each when the browser has confirmed the one before: every part is a task
/// of its own there, with room between them for whoever clicks. Bounded by the parts of one page. For the circuit's thread only.
/// </summary>
internal sealed class DrawingTurns
{
    private readonly LinkedList<Action> _waiting = [];
    private Action? _drawing;

    /// <summary>Whether the page that the browser loaded has come as a whole: what is opened later was not drawn before.</summary>
    public bool HasLoaded { get; private set; }

    public void Wait(Action draw) => _waiting.AddLast(draw);

    /// <summary>Something has reached the browser: the first turn, unless it is somebody's already.</summary>
    public void Begin()
    {
        if (_drawing is null)
        {
            Next();
        }
    }

    /// <summary>It has been drawn, or is gone.</summary>
    public void End(Action draw)
    {
        if (_drawing == draw)
        {
            Next();
        }
        else
        {
            _waiting.Remove(draw);
        }
    }

    private void Next()
    {
        _drawing = _waiting.First?.Value;
        if (_drawing is null)
        {
            HasLoaded = true;
            return;
        }

        _waiting.RemoveFirst();
        _drawing();
    }
}
