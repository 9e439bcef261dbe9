using System.Text;
using CsCheck;
using DuckDB.NET.Data;
using Nexus.Monitoring.Api.History.Reading;
using Nexus.Monitoring.Api.History.Storage;
using Nexus.Monitoring.Api.Tests.Fixtures;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.Query;
using Nexus.Monitoring.Contracts.Tests.Query;

namespace Nexus.Monitoring.Api.Tests.History;

public sealed class QuerySqlTests
{
    [Fact]
    public void Write_AnyQuery_FindsTheEventsThatItsFunctionMatches()
    {
        using var history = new TemporaryHistory();
        MonitoringEvent[] events = [.. QueryGen.Event.Array[400].Single()];
        history.Write(events.Select((e, i) => (new LogPosition(1_000 + ((ulong)i / 3), (ulong)i % 3), e)));
        using var connection = history.Database.Connect();
        var matched = 0;

        QueryGen.Node.Sample(
            node =>
            {
                var query = new EventQuery(node);
                var matches = query.Compile(QueryGen.Now);
                var wanted = events.Where(matches).Select(e => e.EventId).Order(StringComparer.Ordinal).ToList();
                var sql = new SqlText().Add("SELECT json_extract_string(decode(json), '$.event_id') FROM events WHERE ");
                QuerySql.Write(sql, query, QueryGen.Now);
                List<string> found = [];
                lock (connection)
                {
                    found = connection.With(CancellationToken.None).Rows(sql, reader => reader.GetString(0));
                }

                Assert.Equal(wanted, found.Order(StringComparer.Ordinal));
                Interlocked.Add(ref matched, wanted.Count);
            },
            iter: 1_500, print: node => node.ToString());

        Assert.True(matched > 10_000, $"Only {matched} matches in all: the events and queries seldom meet.");
    }

    [Fact]
    public void Lower_EveryCodePoint_IsAsInTheDatabase()
    {
        using var history = new TemporaryHistory();
        using var connection = history.Database.Connect();
        Rune[] runes = [.. Enumerable.Range(0x20, 0x30000).Where(Rune.IsValid).Select(value => new Rune(value))];

        var lower = (string)connection.Scalar("SELECT lower($text)", new DuckDBParameter("text", string.Join('\n', runes)))!;

        var different = runes.Zip(lower.Split('\n')).Where(pair => QueryPattern.Lower(pair.First.ToString()) != pair.Second);
        Assert.Empty(different.Select(pair => $"U+{pair.First.Value:X4}: {pair.Second}"));
    }
}
