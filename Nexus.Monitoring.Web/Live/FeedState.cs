using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.State;
using Nexus.Monitoring.Web.Board;
using Nexus.Monitoring.Web.Lanes;

namespace Nexus.Monitoring.Web.Live;

/// <summary>
/// The live state of this process and what is shown of it. Frames come from one writer; boards are built for whoever asks, at
/// most twice a second per project, and shared.
/// </summary>
internal sealed class FeedState(TimeProvider clock)
{
    /// <summary>Boards kept; more projects than this are not looked at within half a second, and if they are, they are built again.</summary>
    private const int MaxBoards = 64;

    private static readonly TimeSpan BoardAge = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LanesAge = TimeSpan.FromSeconds(1);
    private readonly Lock _gate = new();
    private readonly BoardHistory _history = new();
    private readonly BoardBuilder _builder = new();
    private readonly Dictionary<string, (BoardModel Board, long BuiltAt)> _boards = new(StringComparer.Ordinal);
    private readonly LaneHistory _lanes = new();
    private readonly Dictionary<TimeSpan, (LaneBoard Board, long BuiltAt)> _laneBoards = [];
    private LiveState? _state;
    private LogPosition _seen;

    public EventLog Log { get; } = new();

    public bool IsKnown => Volatile.Read(ref _state) is not null;

    /// <summary>Everything up to here is in.</summary>
    public LogPosition Position
    {
        get
        {
            lock (_gate)
            {
                return _seen;
            }
        }
    }

    /// <summary>Begins anew from <paramref name="snapshot"/>; what comes after <paramref name="seen"/> is new to the list.</summary>
    /// <param name="snapshot">How things stand.</param>
    /// <param name="seen">Events up to here are not listed any more.</param>
    /// <param name="older">Events that the snapshot knows already, for the list; oldest first.</param>
    public void Replace(LiveStateSnapshot snapshot, LogPosition seen, IReadOnlyList<MonitoringEvent> older)
    {
        lock (_gate)
        {
            _history.Clear();
            _lanes.Clear();
            _laneBoards.Clear();
            _builder.Clear();
            _boards.Clear();
            _seen = seen;
            foreach (var monitoringEvent in older)
            {
                if (LogPosition.TryParse(monitoringEvent.Cursor, out var position))
                {
                    _history.Apply(monitoringEvent, position);
                    _lanes.Apply(monitoringEvent, position);
                    Log.Append(monitoringEvent);
                }
            }

            Log.Publish();
            Volatile.Write(ref _state, LiveState.FromSnapshot(snapshot));
        }
    }

    /// <summary>Folds in what is new and passes over what was seen already.</summary>
    /// <returns>How many of them changed the state; not those that only filled the list.</returns>
    public int Apply(IReadOnlyList<MonitoringEvent> events, LogPosition upto)
    {
        var fresh = 0;
        lock (_gate)
        {
            foreach (var monitoringEvent in events)
            {
                if (!LogPosition.TryParse(monitoringEvent.Cursor, out var position) || position <= _seen)
                {
                    continue;
                }

                _seen = position;
                fresh += position > _state!.Position ? 1 : 0;
                var repeated = _state.EventsRepeated;
                _state.Apply(monitoringEvent, position);
                if (_state.EventsRepeated == repeated)
                {
                    _history.Apply(monitoringEvent, position);
                    _lanes.Apply(monitoringEvent, position);
                }

                Log.Append(monitoringEvent);
            }

            _seen = upto > _seen ? upto : _seen;
            Log.Publish();
        }

        return fresh;
    }

    public BoardModel? Board(string? project, DateTimeOffset now)
    {
        lock (_gate)
        {
            if (_state is null)
            {
                return null;
            }

            var key = project ?? "";
            if (_boards.TryGetValue(key, out var known) && (known.Board.At == now || clock.GetElapsedTime(known.BuiltAt) < BoardAge))
            {
                return known.Board;
            }

            if (_boards.Count >= MaxBoards)
            {
                _boards.Clear();
            }

            var board = _builder.Build(_state, _history, project, now);
            _boards[key] = (board, clock.GetTimestamp());
            return board;
        }
    }

    public LaneBoard? Lanes(TimeSpan window, DateTimeOffset now)
    {
        lock (_gate)
        {
            if (_state is null)
            {
                return null;
            }

            if (!_laneBoards.TryGetValue(window, out var known) || (known.Board.At != now && clock.GetElapsedTime(known.BuiltAt) >= LanesAge))
            {
                _laneBoards[window] = known = (_lanes.Build(now, window), clock.GetTimestamp());
            }

            return known.Board;
        }
    }
}
