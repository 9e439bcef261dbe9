using Nexus.Monitoring.Contracts.Query;

namespace Nexus.Monitoring.Api.History.Reading;

/// <summary>The table <c>failures</c>, and what it can answer.</summary>
internal static class Failures
{
    /// <summary>Where the failures are that a query asks for; the columns that both tables have have the same names.</summary>
    public static string TableFor(EventQuery query) => QueryFields.AreWithin(query, AttemptEnds.Fields) ? "failures" : "events";
}
