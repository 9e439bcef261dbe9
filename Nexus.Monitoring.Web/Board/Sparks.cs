namespace Nexus.Monitoring.Web.Board;

internal static class Sparks
{
    /// <summary>Five-second intervals are finer than a sparkline: one point for three of them.</summary>
    private const int Step = 3;

    /// <summary>Every third value, counted from the end so that the last one is the value shown.</summary>
    public static float[] Thin(float[] values)
    {
        var thinned = new float[(values.Length + Step - 1) / Step];
        for (int i = thinned.Length - 1, from = values.Length - 1; i >= 0; i--, from -= Step)
        {
            thinned[i] = values[from];
        }

        return thinned;
    }

    /// <summary>The highest known value and its index; null when nothing is known.</summary>
    public static (float Value, int Index)? Peak(float[] values)
    {
        var best = -1;
        for (var i = 0; i < values.Length; i++)
        {
            if (!float.IsNaN(values[i]) && (best < 0 || values[i] > values[best]))
            {
                best = i;
            }
        }

        return best < 0 ? null : (values[best], best);
    }
}
