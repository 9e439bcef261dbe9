using System.Text;
using Nexus.Fanout.Events;

namespace Nexus.Fanout.Publishing;

/// <summary>
/// Replies of Redis, one a line but for bulk strings: <c>:3</c>, <c>+OK</c>, <c>-ERR …</c>, <c>$15</c> and in the next line the position
/// that the log gave an event. Positions are kept, in the order of the events, when asked for.
/// </summary>
internal sealed class RespReplies(bool keepPositions) : IReplyReader
{
    private readonly LineBuffer _lines = new();
    private readonly List<string> _positions = [];
    private bool _isBulk;

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

        lock (_positions)
        {
            if (_positions.Count <= Mark.MaxNumber)
            {
                _positions.Add(Encoding.ASCII.GetString(line));
            }
        }
    }
}
