using DuckDB.NET.Data;
using Nexus.Monitoring.Api.History.Reading;
using Nexus.Monitoring.Contracts.State;
using Nexus.Monitoring.Contracts.Stories;

namespace Nexus.Monitoring.Api.History.Stories;

/// <summary>
/// Folds the stored events of a run as the live state and the dashboard fold them when they come, so that all three tell the same.
/// </summary>
internal static class RunStories
{
    /// <summary>Events of a run that are looked at; a run of more is told up to there.</summary>
    public const int MaxEvents = 200_000;

    public static RunRecord? Read(DuckDBConnection connection, string runId, CancellationToken cancellationToken)
    {
        var bound = connection.With(cancellationToken);
        if (RunSpans.Of(bound, [runId]) is not var (from, to))
        {
            return null;
        }

        var (state, story, count) = (new LiveState(), new RunStory(runId, MaxEvents), 0);
        new RunEvents(bound, [runId], from, to, MaxEvents + 1L).Each((e, position) =>
        {
            if (++count <= MaxEvents)
            {
                state.Apply(e, position);
                story.Apply(e, position);
            }
        });
        return new RunRecord(state.Run(runId), StoryAttempts.Of(story), count <= MaxEvents);
    }
}
