using System.Globalization;
using System.Text;

namespace Nexus.Monitoring.Web.Charts;

/// <summary>Paths in a box of given size, values from zero. A value that is not known leaves a gap.</summary>
internal static class SvgPath
{
    public static string Line(IReadOnlyList<float> values, double width, double height, double maximum)
    {
        var path = new StringBuilder(values.Count * 10);
        var isDrawing = false;
        for (var i = 0; i < values.Count; i++)
        {
            if (float.IsNaN(values[i]))
            {
                isDrawing = false;
                continue;
            }

            path.Append(isDrawing ? 'L' : 'M');
            Append(path, X(i, values.Count, width), Y(values[i], height, maximum));
            isDrawing = true;
        }

        return path.ToString();
    }

    /// <summary>Between two curves of the same length; not known counts as zero.</summary>
    public static string Area(IReadOnlyList<float> lower, IReadOnlyList<float> upper, double width, double height, double maximum)
    {
        var path = new StringBuilder(upper.Count * 20);
        for (var i = 0; i < upper.Count; i++)
        {
            path.Append(i == 0 ? 'M' : 'L');
            Append(path, X(i, upper.Count, width), Y(Known(upper[i]), height, maximum));
        }

        for (var i = lower.Count - 1; i >= 0; i--)
        {
            path.Append('L');
            Append(path, X(i, lower.Count, width), Y(Known(lower[i]), height, maximum));
        }

        return path.Length == 0 ? "" : path.Append('Z').ToString();
    }

    public static double X(int index, int count, double width) => count < 2 ? width : width * index / (count - 1);

    public static double Y(double value, double height, double maximum) =>
        maximum <= 0 ? height : height - (Math.Clamp(value / maximum, 0, 1) * height);

    private static float Known(float value) => float.IsNaN(value) ? 0 : value;

    private static void Append(StringBuilder path, double x, double y) =>
        path.Append(CultureInfo.InvariantCulture, $"{x:0.##} {y:0.##}");
}
