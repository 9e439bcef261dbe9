using System.Buffers.Binary;

namespace Nexus.Monitoring.Web.Charts;

/// <summary>
/// What a browser needs to go on drawing, see chart-data.js. Little endian: u32 reset, u32 series, u32 points, u32 window in
/// seconds, f64 where the chart ends (0: with its last point); then per point f64 Unix milliseconds and one f32 per series.
/// </summary>
internal static class ChartDelta
{
    private const int HeaderSize = 24;

    public static byte[] Whole(ChartModel model) => Encode(model, model.Points, reset: true);

    /// <summary>Points from <paramref name="lastSent"/> on: that one again, because it may have changed since.</summary>
    public static byte[] Since(ChartModel model, DateTimeOffset lastSent)
    {
        var first = model.Points.Count;
        while (first > 0 && model.Points[first - 1].Time >= lastSent)
        {
            first--;
        }

        return Encode(model, [.. model.Points.Skip(first)], reset: false);
    }

    private static byte[] Encode(ChartModel model, IReadOnlyList<ChartPoint> points, bool reset)
    {
        var pointSize = sizeof(double) + (sizeof(float) * model.Series.Count);
        var bytes = new byte[HeaderSize + (pointSize * points.Count)];
        var rest = bytes.AsSpan();
        foreach (var number in (ReadOnlySpan<uint>)
            [reset ? 1u : 0u, (uint)model.Series.Count, (uint)points.Count, (uint)model.Window.TotalSeconds])
        {
            BinaryPrimitives.WriteUInt32LittleEndian(rest, number);
            rest = rest[sizeof(uint)..];
        }

        BinaryPrimitives.WriteDoubleLittleEndian(rest, model.End?.ToUnixTimeMilliseconds() ?? 0);
        rest = rest[sizeof(double)..];
        foreach (var point in points)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(rest, point.Time.ToUnixTimeMilliseconds());
            rest = rest[sizeof(double)..];
            foreach (var value in point.Values)
            {
                BinaryPrimitives.WriteSingleLittleEndian(rest, value);
                rest = rest[sizeof(float)..];
            }
        }

        return bytes;
    }
}
