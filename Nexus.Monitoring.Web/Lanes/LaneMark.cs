namespace Nexus.Monitoring.Web.Lanes;

/// <summary>What is special about a piece of a lane; the numbers are those of lanes.js.</summary>
[Flags]
public enum LaneMark
{
    None = 0,

    /// <summary>The attempt failed: a red tick at its end.</summary>
    Failed = 1,

    /// <summary>It ended where its worker was last seen.</summary>
    Orphaned = 2,

    /// <summary>It goes on.</summary>
    Open = 4,

    /// <summary>No attempt: the worker gave no sign of life.</summary>
    Silent = 8,
}
