using Nexus.Monitoring.Api.History.Reading;
using Nexus.Monitoring.Api.Tests.Fixtures;
using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Monitoring.Api.Tests.History;

/// <summary>Every event is found by its id, whatever the id looks like; those that tell their time cost nothing in the file.</summary>
public sealed class EventIdTests
{
    private static readonly DateTimeOffset Begin = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Search_ById_FindsTheOne()
    {
        using var history = new TemporaryHistory();
        string[] near = [.. new[] { 0, -1_000, 1_000 }.Select(ms => Guid.CreateVersion7(Begin.AddMilliseconds(ms)).ToString())];
        string[] others =
        [
            Guid.CreateVersion7(Begin.AddMilliseconds(-1_001)).ToString(), Guid.CreateVersion7(Begin.AddDays(30)).ToString(),
            Guid.NewGuid().ToString(), "ffffffff-ffff-7fff-bfff-ffffffffffff", "mine", Guid.CreateVersion7(Begin).ToString("N"),
        ];
        history.Write([.. near.Concat(others).Select((id, i) => Sample.Event(EventTypes.TaskStarted, "atlas", $"t{i}") with { EventId = id, Timestamp = Begin })]);

        foreach (var (i, id) in near.Concat(others).Index())
        {
            Assert.Equal($"t{i}", Assert.Single((await history.SearchAsync($"event_id:\"{id}\"")).Entries).Keys.TaskId);
            Assert.Equal(near.Length + others.Length - 1, (await history.SearchAsync($"NOT event_id:\"{id}\"")).Entries.Count);
        }

        Assert.Empty((await history.SearchAsync($"event_id:{Guid.CreateVersion7(Begin)}")).Entries);
        Assert.Equal(near.Length, await history.History.AskAsync(
            (connection, cancel) => connection.With(cancel).Rows(
                new SqlText().Add("SELECT count(*) FROM events WHERE event_hash IS NULL"), row => row.GetInt64(0))[0],
            TestContext.Current.CancellationToken));
    }
}
