using System.Globalization;
using System.Text;
using Nexus.Fanout.Events;

namespace Nexus.Fanout.Publishing;

/// <summary>
/// Replies of Redis, one a line but for bulk strings: <c>:3</c>, <c>+OK</c>, <c>-ERR …</c>, <c>$15</c> and in the next line the id that the
/// log gave an entry. The positions of its events follow from it, and are kept in their order when asked for.
/// </summary>
internal sealed class RespReplies(bool keepPositions) : IReplyReader
{
    private const ulong PositionsOfEntry = 64;

    private readonly LineBuffer _lines = new();
    private readonly List<string> _positions = [];

    /// <summary>How many events the entries have whose ids have not come.</summary>
    private readonly Queue<int> _expected = new();

    private bool _isBulk;

    /// <summary>An entry of so many events is sent.</summary>
    public void Expect(int events)
    {
        if (keepPositions)
        {
            _expected.Enqueue(events);
        }
    }

    public void Read(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (!_lines.TryTake(ref bytes, out var line))
            {
                return;
            }

            if (_isBulk)
            {
                _isBulk = false;
                Keep(line);
            }
            else if (line is [(byte)'-', ..])
            {
                throw new FanoutException($"The server refused an event: {Encoding.UTF8.GetString(line[1..])}.");
            }
            else
            {
                _isBulk = line is [(byte)'$', not (byte)'-', ..];
            }
        }
    }

    /// <summary>The position of event <paramref name="number"/>; null while its answer is not here.</summary>
    public string? Position(int number)
    {
        lock (_positions)
        {
            return number >= 0 && number < _positions.Count ? _positions[number] : null;
        }
    }

    private void Keep(ReadOnlySpan<byte> line)
    {
        if (!keepPositions)
        {
            return;
        }

        var id = Encoding.ASCII.GetString(line).Split('-');
        var first = ulong.Parse(id[1], CultureInfo.InvariantCulture) * PositionsOfEntry;
        var events = _expected.Dequeue();
        lock (_positions)
        {
            for (var i = 0; i < events && _positions.Count <= Mark.MaxNumber; i++)
            {
                _positions.Add($"{id[0]}-{first + (ulong)i}");
            }
        }
    }
}
