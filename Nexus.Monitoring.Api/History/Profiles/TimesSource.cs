using Nexus.Monitoring.Api.History.Reading;
using Nexus.Monitoring.Api.History.Storage;

namespace Nexus.Monitoring.Api.History.Profiles;

/// <summary>Where rows tell how long attempts waited or ran: in fewer and narrower ones than all events, if these know what is asked.</summary>
/// <param name="Table">The table.</param>
/// <param name="Value">The time in milliseconds; of some rows it is not known.</param>
/// <param name="Rows">Which of its rows these are.</param>
internal readonly record struct TimesSource(string Table, string Value, string Rows)
{
    /// <summary>What the table <c>attempt_starts</c> has of an event.</summary>
    private static readonly string[] StartFields = ["project_id", "task_type", "phase"];

    /// <summary>Of waits, which are told where an attempt begins, or of running times, which are told where it ends.</summary>
    /// <param name="scope">What is asked for.</param>
    /// <param name="isWait">Which of both.</param>
    /// <param name="fields">By what else they are to be told apart.</param>
    public static TimesSource Of(ProfileScope scope, bool isWait, params IEnumerable<string?> fields) =>
        isWait ? Waits(scope, fields.OfType<string>()) : Runs(scope);

    /// <summary>The same among all events, whatever is asked of them.</summary>
    public static TimesSource OfEvents(bool isWait) => isWait
        ? new("events", "wait_ms", "event_type = 'task_started'")
        : new("events", AttemptSql.Took, AttemptSql.Ends);

    private static TimesSource Waits(ProfileScope scope, IEnumerable<string> fields) =>
        scope.RunId is null && QueryFields.AreWithin(scope.Query, StartFields) && fields.All(StartFields.Contains)
            ? new("attempt_starts", "wait_ms", "true")
            : OfEvents(isWait: true);

    private static TimesSource Runs(ProfileScope scope) => AttemptEnds.CanAnswer(scope.Query)
        ? new("attempt_ends", "ran_ms", "event_type <> 'task_cancelled'")
        : OfEvents(isWait: false);
}
