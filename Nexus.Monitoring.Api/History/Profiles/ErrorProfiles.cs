using DuckDB.NET.Data;
using Nexus.Monitoring.Api.History.Reading;
using Nexus.Monitoring.Api.History.Storage;
using Nexus.Monitoring.Contracts.History;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.State;

namespace Nexus.Monitoring.Api.History.Profiles;

internal static class ErrorProfiles
{
    private const int MaxNames = 10;
    private const int MaxSides = 1_000;

    public static IReadOnlyList<ErrorGroupProfile> Groups(
        DuckDBConnection connection, ProfileScope scope, int limit, CancellationToken cancellationToken)
    {
        // Texts are most of what a row is: only that of the newest of each group is read.
        var bound = connection.With(cancellationToken);
        var sql = scope.Where(new SqlText().Add(
            $"""
            SELECT error_group, count(*) AS n, count(*) FILTER (event_type = 'task_failed'), min(ms), max(ms), count(DISTINCT run_id),
                   list(DISTINCT run_id)[1:{MaxNames}], list(DISTINCT task_type)[1:{MaxNames}], arg_max(seq, ms)
            FROM {Failures.TableFor(scope.Query)}
            """));
        sql.Add(" AND error_group IS NOT NULL GROUP BY error_group ORDER BY n DESC, error_group LIMIT ").Value((long)limit);
        var groups = bound.Rows(sql, reader => (
            Newest: reader.Position(4, 8),
            Profile: new ErrorGroupProfile(
                reader.GetString(0), "", reader.GetInt64(1), reader.GetInt64(2), reader.Moment(3), reader.Moment(4), reader.GetInt64(5), Names(reader, 6),
                Names(reader, 7), "", null)));
        var texts = new Dictionary<LogPosition, (string Error, string? TaskId)>(groups.Count);
        KnownRows.Each(
            bound, "events", "error, task_id", groups.Select(group => group.Newest).ToHashSet(), (position, row) => texts[position] = (row.GetString(2), row.Text(3)));
        return
        [
            .. groups.Where(group => texts.ContainsKey(group.Newest)).Select(group => group.Profile with
            {
                Title = ErrorFingerprint.Title(texts[group.Newest].Error),
                LastError = texts[group.Newest].Error,
                LastTaskId = texts[group.Newest].TaskId,
            }),
        ];
    }

    public static IReadOnlyList<ComparedProfile> Compare(
        DuckDBConnection connection, ProfileScope before, ProfileScope after, CancellationToken cancellationToken)
    {
        var (was, now) = (Sides(connection, before, cancellationToken), Sides(connection, after, cancellationToken));
        var texts = new Dictionary<LogPosition, string>();
        KnownRows.Each(
            connection.With(cancellationToken), "events", "error",
            now.SelectMany(side => NewErrors(was.GetValueOrDefault(side.Key), side.Value)).ToHashSet(),
            (position, row) => texts[position] = row.GetString(2));
        return
        [
            .. was.Keys.Union(now.Keys)
                .Select(key => Compare(key, was.GetValueOrDefault(key), now.GetValueOrDefault(key), texts))
                .OrderByDescending(compared => compared.NewErrors.Count > 0)
                .ThenByDescending(compared => compared.P50Change ?? 0),
        ];
    }

    private static ComparedProfile Compare(
        (string? Type, string? Phase) key, Side? before, Side? after, Dictionary<LogPosition, string> texts)
    {
        double? change = before?.Numbers.RunP50 is > 0 and var was && after?.Numbers.RunP50 is { } now ? Math.Round((now - was) / was, 4)
            : null;
        var errors = NewErrors(before, after).Where(texts.ContainsKey).Select(place => ErrorFingerprint.Title(texts[place]));
        return new ComparedProfile(key.Type, key.Phase, before?.Numbers, after?.Numbers, change, [.. errors]);
    }

    /// <summary>The newest of each group of failures that was not there before.</summary>
    private static IEnumerable<LogPosition> NewErrors(Side? before, Side? after) =>
        (after?.Errors ?? []).Where(error => before?.Errors.ContainsKey(error.Key) != true).Select(error => error.Value).Take(MaxNames);

    private static Dictionary<(string? Type, string? Phase), Side> Sides(
        DuckDBConnection connection, ProfileScope scope, CancellationToken cancellationToken)
    {
        var bound = connection.With(cancellationToken);
        var sides = (MinutePeriod.Of(bound, scope, MinuteDimensions.OfTasks) is { } minutes ? MinuteSides.Read(bound, minutes) : EventSides(bound, scope))
            .ToDictionary(side => side.Key, side => new Side(side.Value, []));
        var errors = scope.Where(new SqlText().Add(
                $"SELECT task_type, phase, error_group, max(ms), arg_max(seq, ms) FROM {Failures.TableFor(scope.Query)}"))
            .Add(" AND error_group IS NOT NULL GROUP BY task_type, phase, error_group LIMIT 10000");
        bound.Each(errors, reader =>
        {
            // A phase or a run fails where no task of the kind need have been.
            var key = (reader.Text(0), reader.Text(1));
            if (!sides.TryGetValue(key, out var side))
            {
                sides[key] = side = new Side(new ComparedSide(0, 0, null, null, null, null), []);
            }

            side.Errors[reader.GetString(2)] = reader.Position(3, 4);
        });
        return sides;
    }

    private static Dictionary<(string? Type, string? Phase), ComparedSide> EventSides(BoundConnection bound, ProfileScope scope)
    {
        var runs = TimesSource.Of(scope, isWait: false);
        var ends = scope.Where(new SqlText().Add(
            $"""
            SELECT task_type, phase, count(*), count(*) FILTER (event_type <> 'task_completed'), quantile_disc({runs.Value}, [0.5, 0.95]) FROM {runs.Table}
            """)).Add($" AND {runs.Rows} GROUP BY task_type, phase LIMIT {MaxSides}");
        var sides = new Dictionary<(string?, string?), ComparedSide>();
        bound.Each(ends, reader =>
        {
            var took = Quantiles(reader, 4);
            sides[(reader.Text(0), reader.Text(1))] = new ComparedSide(reader.GetInt64(2), reader.GetInt64(3), took?[0], took?[1], null, null);
        });
        var waits = TimesSource.Of(scope, isWait: true, "task_type", "phase");
        var starts = scope.Where(new SqlText().Add($"SELECT task_type, phase, quantile_disc({waits.Value}, [0.5, 0.95]) FROM {waits.Table}"))
            .Add($" AND {waits.Rows} GROUP BY task_type, phase LIMIT {MaxSides}");
        bound.Each(starts, reader =>
        {
            var (key, waited) = ((reader.Text(0), reader.Text(1)), Quantiles(reader, 2));
            sides[key] = (sides.GetValueOrDefault(key) ?? new ComparedSide(0, 0, null, null, null, null)) with { WaitP50 = waited?[0], WaitP95 = waited?[1] };
        });
        return sides;
    }

    private static List<long>? Quantiles(DuckDBDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetFieldValue<List<long>>(column);

    private static List<string> Names(DuckDBDataReader reader, int column) =>
        reader.IsDBNull(column) ? [] : [.. reader.GetFieldValue<List<string?>>(column).OfType<string>()];

    private sealed record Side(ComparedSide Numbers, Dictionary<string, LogPosition> Errors);
}
