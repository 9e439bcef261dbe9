using System.Runtime.CompilerServices;

namespace Nexus.Fanout.Clients;

/// <summary>
/// What each client has received, judged by the events' numbers. A client gets every <c>step</c>-th event: all of them, or with a filter
/// for one of n projects every n-th. The usual case, the next number, is one comparison.
/// </summary>
internal sealed class SequenceTracker
{
    /// <summary>Holes remembered for each client, to tell a late event from a second one; further holes are only counted.</summary>
    public const int MaxHoles = 4096;

    private readonly int _step;
    private readonly int[] _last;
    private readonly long[] _received;
    private readonly HashSet<int>?[] _holes;

    /// <param name="clients">How many there are.</param>
    /// <param name="step">Each gets every <paramref name="step"/>-th event.</param>
    /// <param name="firstOf">The number of the first event that a client gets; null when only its first event will tell.</param>
    public SequenceTracker(int clients, int step, Func<int, int>? firstOf)
    {
        _step = step;
        _last = new int[clients];
        _received = new long[clients];
        _holes = new HashSet<int>?[clients];
        for (var i = 0; i < clients; i++)
        {
            _last[i] = firstOf is null ? Unknown : firstOf(i) - step;
        }
    }

    /// <summary>Events that came, over all clients.</summary>
    public long Delivered { get; private set; }

    /// <summary>Events that came a second time.</summary>
    public long Duplicates { get; private set; }

    /// <summary>Events that came after a later one.</summary>
    public long Late { get; private set; }

    /// <summary>Events that the client's filter does not match.</summary>
    public long Foreign { get; private set; }

    private static int Unknown => int.MinValue;

    /// <summary>The last event that the client received; negative when there was none.</summary>
    public int Last(int client) => Math.Max(-1, _last[client]);

    /// <summary>How many of the first <paramref name="published"/> events the client should have and has not.</summary>
    public long Lost(int client, int published)
    {
        var first = _last[client] == Unknown ? _step - 1 : ((_last[client] % _step) + _step) % _step;
        var expected = published > first ? ((published - first - 1) / _step) + 1 : 0;
        return Math.Max(0, expected - _received[client]);
    }

    /// <summary>Nothing below this number is awaited by the client, unless it comes late.</summary>
    public int Awaited(int client) => _last[client] == Unknown ? 0 : _last[client] + _step;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Receive(int client, int number)
    {
        Delivered++;
        if (number == _last[client] + _step)
        {
            _last[client] = number;
            _received[client]++;
            return;
        }

        ReceiveUnexpected(client, number);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ReceiveUnexpected(int client, int number)
    {
        if (_last[client] == Unknown)
        {
            _last[client] = (number % _step) - _step;
        }

        if ((number - _last[client]) % _step != 0)
        {
            Foreign++;
        }
        else if (number > _last[client])
        {
            Jump(client, number);
        }
        else if (_holes[client]?.Remove(number) == true)
        {
            Late++;
            _received[client]++;
        }
        else
        {
            Duplicates++;
        }
    }

    private void Jump(int client, int number)
    {
        for (var missing = _last[client] + _step; missing < number; missing += _step)
        {
            var holes = _holes[client] ??= [];
            if (holes.Count >= MaxHoles)
            {
                break;
            }

            holes.Add(missing);
        }

        _last[client] = number;
        _received[client]++;
    }
}
