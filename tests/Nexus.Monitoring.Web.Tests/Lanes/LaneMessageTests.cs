using System.Buffers.Binary;
using Nexus.Monitoring.Web.Lanes;

namespace Nexus.Monitoring.Web.Tests.Lanes;

public sealed class LaneMessageTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private static readonly LaneBoard Board = new(
        Noon,
        TimeSpan.FromMinutes(15),
        Noon.AddMinutes(-10),
        First: 7,
        [
            new(3, Noon.AddSeconds(-9), Noon.AddSeconds(-8), "search", "a"),
            new(4, Noon.AddSeconds(-7), Noon.AddSeconds(-5), "summarization", "b", 1, LaneMark.Failed),
        ],
        [new(3, Noon.AddSeconds(-1), Noon, "search", "c", 1, LaneMark.Open)],
        new Dictionary<int, double>(),
        ["search", "summarization"]);

    [Fact]
    public void Of_Anew_SaysEverything()
    {
        var message = LaneMessage.Of(Board, sent: null, isStale: false, only: null);

        Assert.True(message.Reset);
        Assert.Equal(
            [(3, message.Colours[0], LaneMark.None, -9_000, -8_000), (4, message.Colours[1], LaneMark.Failed, -7_000, -5_000)],
            Pieces(message, message.Ended));
        Assert.Equal([(3, message.Colours[0], LaneMark.Open, -1_000, 0)], Pieces(message, message.Open));
    }

    [Fact]
    public void Of_SomeSent_SaysTheRest()
    {
        var message = LaneMessage.Of(Board, sent: 8, isStale: false, only: null);

        Assert.False(message.Reset);
        Assert.Equal([4], Pieces(message, message.Ended).Select(piece => piece.Worker));
    }

    [Fact]
    public void Of_OneWorker_SaysNothingOfOthers()
    {
        var message = LaneMessage.Of(Board, sent: null, isStale: false, only: 4);

        Assert.Equal([4], Pieces(message, message.Ended).Select(piece => piece.Worker));
        Assert.Empty(message.Open);
    }

    private static IEnumerable<(int Worker, string Colour, LaneMark Marks, double From, double To)> Pieces(LaneMessage message, byte[] bytes) =>
        bytes.Chunk(LaneMessage.PieceSize).Select(piece => (
            BinaryPrimitives.ReadInt32LittleEndian(piece),
            message.Colours[piece[4]],
            (LaneMark)piece[5],
            BinaryPrimitives.ReadDoubleLittleEndian(piece.AsSpan(8)) - Noon.ToUnixTimeMilliseconds(),
            BinaryPrimitives.ReadDoubleLittleEndian(piece.AsSpan(16)) - Noon.ToUnixTimeMilliseconds()));
}
