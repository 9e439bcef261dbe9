using Nexus.Monitoring.Api.History.Profiles;
using Nexus.Monitoring.Api.History.Sessions;
using Nexus.Monitoring.Api.Http.Events;
using Nexus.Monitoring.Api.Problems;
using Nexus.Monitoring.Api.Queries;
using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.Query;

namespace Nexus.Monitoring.Api.Http;

/// <summary>What questions about a period are asked with.</summary>
internal static class HistoryParameters
{
    public const string Query = FilterParameters.Query;
    public const string From = "from";
    public const string To = "to";
    public const string Run = "run_id";

    private static readonly TimeSpan DefaultPeriod = TimeSpan.FromHours(1);

    /// <summary>Parameters that only the history can answer.</summary>
    public static IReadOnlyList<string> Own { get; } = [From, To, HistorySessions.Parameter];

    public static IReadOnlyList<QueryParameter> All { get; } =
    [
        .. QueryParameters.Filter,
        new(From, "From this time of the log's clock: ISO 8601, or relative such as -15m or -7d; an hour before to when absent."),
        new(To, "Up to this time; now when absent."),
        new(HistorySessions.Parameter, "An imported session instead of this node's own history."),
    ];

    /// <summary>Reads query and period.</summary>
    /// <param name="query">The parameters.</param>
    /// <param name="now">What relative times refer to.</param>
    /// <param name="scope">The question, when the answer is true.</param>
    /// <param name="problem">Else what to answer.</param>
    /// <param name="suffix">Behind the names of the period's parameters, for a second period.</param>
    public static bool TryRead(IQueryCollection query, DateTimeOffset now, out ProfileScope scope, out IResult? problem, string suffix = "")
    {
        scope = null!;
        if (!TryReadQuery(query, out var parsed, out problem)
            || !TryReadTime(query, To + suffix, now, out var to, out problem)
            || !TryReadTime(query, From + suffix, now, out var from, out problem))
        {
            return false;
        }

        var end = to ?? now;
        var begin = from ?? end - DefaultPeriod;
        if (begin > end)
        {
            problem = Problem.BadParameter(new FilterError(From + suffix, query.ReadText(From + suffix) ?? "",
                "a time before to is allowed"));
            return false;
        }

        scope = new ProfileScope(begin, end, parsed, now, query.ReadText(Run + suffix));
        return true;
    }

    /// <summary>Reads filter, query and period of what is searched, listed or exported.</summary>
    public static bool TryReadEvents(IQueryCollection query, DateTimeOffset now, out EventQuestion question, out IResult? problem)
    {
        question = null!;
        if (!TryReadQuery(query, out var asked, out problem)
            || !TryReadTime(query, From, now, out var from, out problem)
            || !TryReadTime(query, To, now, out var to, out problem))
        {
            return false;
        }

        question = new EventQuestion(asked, from, to);
        return true;
    }

    /// <summary>The filter's parameters and <c>q</c>, as one query.</summary>
    private static bool TryReadQuery(IQueryCollection query, out EventQuery asked, out IResult? problem)
    {
        var isValid = FilterParser.TryParse(query.Pairs(), out var filter, out var error);
        problem = isValid ? null : Problem.BadParameter(error!);
        asked = isValid ? QueryFilters.ToQuery(filter!) : EventQuery.All;
        return isValid;
    }

    public static bool TryReadTime(IQueryCollection query, string name, DateTimeOffset now, out DateTimeOffset? time, out IResult? problem)
    {
        time = null;
        problem = null;
        if (query.ReadText(name) is not { } text)
        {
            return true;
        }

        if (TimeValue.TryParse(text, out var moment))
        {
            time = moment.Resolve(now);
        }
        else
        {
            problem = Problem.BadParameter(new FilterError(name, text, $"{TimeValue.Allowed}, is allowed"));
        }

        return problem is null;
    }
}
