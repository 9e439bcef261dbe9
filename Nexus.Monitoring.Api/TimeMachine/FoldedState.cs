using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.State;

namespace Nexus.Monitoring.Api.TimeMachine;

/// <summary>A state on its way through the log. Not thread-safe.</summary>
/// <param name="state">What was folded so far.</param>
/// <param name="position">Everything up to here is in it.</param>
/// <param name="since">Where folding began.</param>
internal sealed class FoldedState(LiveState state, LogPosition position, LogPosition since)
{
    public LiveState State { get; private set; } = state;

    public LogPosition Position { get; private set; } = position;

    public LogPosition Since { get; private set; } = since;

    /// <summary>Nothing is known before this position.</summary>
    public static FoldedState Empty(LogPosition at) => new(new LiveState(), at, at);

    /// <summary>An event that the reducer cannot take is left out, as the live state does.</summary>
    public void Apply(MonitoringEvent monitoringEvent, LogPosition position)
    {
        try
        {
            State.Apply(monitoringEvent, position);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // Said once, by whoever folded it live.
        }

        Position = position;
    }

    /// <summary>Nothing else happened up to here.</summary>
    public void MoveTo(LogPosition position) => Position = position > Position ? position : Position;

    /// <summary>The log began anew, and so does what is folded from it.</summary>
    public void Restart(LogPosition at)
    {
        State = new LiveState();
        Since = at;
        MoveTo(at);
    }
}
