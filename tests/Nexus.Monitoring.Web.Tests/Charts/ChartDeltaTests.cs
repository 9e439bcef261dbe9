using System.Buffers.Binary;
using Nexus.Monitoring.Web.Charts;

namespace Nexus.Monitoring.Web.Tests.Charts;

public sealed class ChartDeltaTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Whole_Chart_WritesEveryPoint()
    {
        var bytes = ChartDelta.Whole(Chart(points: 3));

        Assert.Equal((1u, 2u, 3u, 900u), Header(bytes));
        Assert.Equal(24 + (3 * 16), bytes.Length);
        Assert.Equal(0, BinaryPrimitives.ReadDoubleLittleEndian(bytes.AsSpan(16)));
        Assert.Equal(Noon.AddSeconds(5).ToUnixTimeMilliseconds(), BinaryPrimitives.ReadDoubleLittleEndian(bytes.AsSpan(40)));
        Assert.Equal(1f, BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(48)));
        Assert.Equal(101f, BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(52)));
    }

    [Theory]
    [InlineData(10, 1)]
    [InlineData(5, 2)]
    [InlineData(15, 0)]
    public void Since_LastSent_RepeatsThatPointAndGoesOn(int lastSent, uint points)
    {
        var bytes = ChartDelta.Since(Chart(points: 3), Noon.AddSeconds(lastSent));

        Assert.Equal((0u, 2u, points, 900u), Header(bytes));
    }

    private static ChartModel Chart(int points) => new()
    {
        Kind = ChartKind.Stack,
        Unit = ChartUnit.Count,
        Series = [new("a", "--nx-cat-1"), new("b", "--nx-cat-2")],
        Points = [.. Enumerable.Range(0, points).Select(i => new ChartPoint(Noon.AddSeconds(5 * i), [i, 100 + i]))],
        Summary = "",
    };

    private static (uint, uint, uint, uint) Header(byte[] bytes) => (
        BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(4)),
        BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(8)),
        BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(12)));
}
