using System.Buffers.Binary;
using Nexus.Monitoring.Web.Board;

namespace Nexus.Monitoring.Web.Lanes;

/// <summary>
/// What a browser needs to go on drawing, see lanes.js. Pieces are bytes: a browser takes a tenth of a second to read as many as there can be from JSON. Each is, little endian,
/// i32 worker, u8 number of its colour, u8 <see cref="LaneMark"/>, two bytes of nothing, f64 from, f64 to, in Unix milliseconds.
/// </summary>
/// <param name="Reset">Forget what came before.</param>
/// <param name="Now">The right edge, Unix milliseconds.</param>
/// <param name="Window">Milliseconds to the left of it.</param>
/// <param name="Known">What is before is not known, Unix milliseconds.</param>
/// <param name="Stale">Whether time stands still.</param>
/// <param name="Colours">Those of this message, by their number.</param>
/// <param name="Ended">Pieces that were not sent before.</param>
/// <param name="Open">All pieces that go on or may still grow.</param>
internal sealed record LaneMessage(
    bool Reset, double Now, double Window, double Known, bool Stale, IReadOnlyList<string> Colours, byte[] Ended, byte[] Open)
{
    public const int PieceSize = 24;

    /// <summary>Most pieces in one message, 1 MB; of more, the newest.</summary>
    private const int Most = 40_000;

    /// <param name="board">What is shown.</param>
    /// <param name="sent">Number of the next piece that the browser lacks; null to begin anew.</param>
    /// <param name="isStale">Whether the stream is lost.</param>
    /// <param name="only">Only this worker's lane.</param>
    public static LaneMessage Of(LaneBoard board, long? sent, bool isStale, int? only)
    {
        var skip = Math.Max(sent is { } next ? (int)Math.Clamp(next - board.First, 0, board.Ended.Count) : 0, board.Ended.Count - Most);
        List<string> colours = [];
        return new LaneMessage(
            sent is null,
            Milliseconds(board.At),
            board.Window.TotalMilliseconds,
            Milliseconds(board.KnownSince),
            isStale,
            colours,
            Encode(board.Ended, skip, only, colours),
            Encode(board.Now, 0, only, colours));
    }

    private static byte[] Encode(IReadOnlyList<LaneBar> bars, int first, int? only, List<string> colours)
    {
        var bytes = new byte[(bars.Count - first) * PieceSize];
        var size = 0;
        for (var i = first; i < bars.Count; i++)
        {
            var bar = bars[i];
            if (only is null || bar.WorkerId == only)
            {
                var piece = bytes.AsSpan(size, PieceSize);
                BinaryPrimitives.WriteInt32LittleEndian(piece, bar.WorkerId);
                piece[4] = Number(TaskTypes.Token(bar.TaskType), colours);
                piece[5] = (byte)bar.Marks;
                BinaryPrimitives.WriteDoubleLittleEndian(piece[8..], Milliseconds(bar.From));
                BinaryPrimitives.WriteDoubleLittleEndian(piece[16..], Milliseconds(bar.To));
                size += PieceSize;
            }
        }

        return size == bytes.Length ? bytes : bytes[..size];
    }

    private static byte Number(string colour, List<string> colours)
    {
        var number = colours.IndexOf(colour);
        if (number < 0)
        {
            number = colours.Count;
            colours.Add(colour);
        }

        return (byte)number;
    }

    private static double Milliseconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds();
}
