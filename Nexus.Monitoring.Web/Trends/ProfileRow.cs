using Nexus.Monitoring.Contracts.History;

namespace Nexus.Monitoring.Web.Trends;

/// <summary>What ran and what waited of one kind of work.</summary>
internal sealed record ProfileRow(string? Key, DurationProfile? Run, DurationProfile? Wait)
{
    /// <summary>In the order of <paramref name="run"/>, then what only waited.</summary>
    public static IReadOnlyList<ProfileRow> Join(IReadOnlyList<DurationProfile> run, IReadOnlyList<DurationProfile> wait) =>
    [
        .. run.Select(row => row.Key).Union(wait.Select(row => row.Key)).Select(key =>
            new ProfileRow(key, run.FirstOrDefault(row => row.Key == key), wait.FirstOrDefault(row => row.Key == key))),
    ];
}
