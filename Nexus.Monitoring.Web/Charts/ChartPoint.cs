namespace Nexus.Monitoring.Web.Charts;

/// <param name="Values">One per series, NaN where nothing is known. Never changed once published.</param>
public sealed record ChartPoint(DateTimeOffset Time, float[] Values)
{
    public double Total
    {
        get
        {
            var sum = 0d;
            foreach (var value in Values)
            {
                sum += float.IsNaN(value) ? 0 : value;
            }

            return sum;
        }
    }
}
