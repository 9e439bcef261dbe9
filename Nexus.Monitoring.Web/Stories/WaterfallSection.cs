using Nexus.Monitoring.Contracts.Stories;
using Nexus.Monitoring.Web.Board;

namespace Nexus.Monitoring.Web.Stories;

/// <summary>The tasks of one phase: those with a row of their own, and the others folded into one strip.</summary>
public sealed record WaterfallSection
{
    /// <summary>Null for tasks without a phase.</summary>
    public string? Phase { get; init; }

    public required WorkStatus Status { get; init; }

    /// <summary>For example <c>8 waiting, 1 running, 1 failed</c>.</summary>
    public required string Summary { get; init; }

    public required IReadOnlyList<TaskStory> Rows { get; init; }

    public required int Folded { get; init; }

    /// <summary>Attempts of the folded tasks, each in a lane from 0 so that none lies over another.</summary>
    public required IReadOnlyList<(int Lane, StorySpan Span, string? TaskType)> Strip { get; init; }
}
