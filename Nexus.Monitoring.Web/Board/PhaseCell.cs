namespace Nexus.Monitoring.Web.Board;

/// <summary>How far one phase of a run is. <see cref="Total"/> is absent where nobody has said how much there is.</summary>
public sealed record PhaseCell(string Name, WorkStatus Status, long Done, long Failed, long? Total)
{
    public bool IsActive => Status is WorkStatus.Processing or WorkStatus.Retrying;

    public double? Share => Total is > 0 ? Math.Clamp((double)Done / Total.Value, 0, 1) : null;

    public double FailedShare => Total is > 0 ? Math.Clamp((double)Failed / Total.Value, 0, 1) : 0;
}
