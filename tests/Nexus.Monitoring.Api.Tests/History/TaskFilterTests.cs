using Nexus.Monitoring.Api.History.Reading;
using Nexus.Monitoring.Api.History.Storage;
using Nexus.Monitoring.Api.History.Writing;
using Nexus.Monitoring.Api.Tests.Fixtures;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Tests.History;

/// <summary>The events of a task are looked for in few parts of the log, and none of them is missed.</summary>
public sealed class TaskFilterTests : IDisposable
{
    private static readonly DateTimeOffset Begin = new(2026, 11, 29, 9, 0, 0, TimeSpan.Zero);

    private readonly TemporaryHistory _history = new();

    public void Dispose() => _history.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(30_000)]
    public void MayContain_OwnHashes_AlwaysAndOthersHardlyEver(int count)
    {
        var own = Enumerable.Range(0, count).Select(i => IdHash.Whole($"task-{i}")).ToHashSet();
        var bits = BloomFilter.Of(own);

        Assert.All(own, hash => Assert.True(BloomFilter.MayContain(bits, hash)));
        Assert.InRange(bits.Length, count * 10 / 8, (count * 10 / 8) + 1);
        if (count > 1_000)
        {
            Assert.InRange(Enumerable.Range(0, 10_000).Count(i => BloomFilter.MayContain(bits, IdHash.Whole($"other-{i}"))), 1, 250);
        }
    }

    [Fact]
    public void MayContain_NoHashes_Never() => Assert.False(BloomFilter.MayContain(BloomFilter.Of([]), IdHash.Whole("task")));

    [Fact]
    public async Task Story_TaskInPartsFarApart_IsWholeAndLooksAtTheseAlone()
    {
        const int Parts = 6;
        var written = 0;
        for (var part = 0; part < Parts; part++)
        {
            // Of all parts "long" is only in the first, in one in the middle, and in what is not full yet.
            var about = part is 0 or 3 or Parts - 1 ? 1 : 0;
            var full = part < Parts - 1 ? TaskFilters.MaxTasks : 10;
            var first = written;
            _history.Write(Enumerable.Range(0, full).Select(i => At(first + i, i < about ? "long" : $"task-{first + i}")));
            written += full;
            if (part == 2)
            {
                _history.RestartWriter();
            }
        }

        var places = await PlacesAsync("long");
        var story = await _history.History.TaskEventsAsync("long", 100, TestContext.Current.CancellationToken);
        var newest = await _history.History.TaskEventsAsync("long", 2, TestContext.Current.CancellationToken);
        var found = await _history.SearchAsync("task_id:long");
        var forwards = await _history.SearchAsync("task_id:long", isBackwards: false, limit: 2);

        ulong[] expected = [Ms(0), Ms(3 * TaskFilters.MaxTasks), Ms((Parts - 1) * TaskFilters.MaxTasks)];
        Assert.Equal(expected, story.Select(entry => entry.Position.Milliseconds));
        Assert.Equal(expected[1..], newest.Select(entry => entry.Position.Milliseconds));
        Assert.Equal(expected, found.Entries.Select(entry => entry.Position.Milliseconds));
        Assert.Equal(expected[..2], forwards.Entries.Select(entry => entry.Position.Milliseconds));
        // Three, and one in a hundred by chance.
        Assert.InRange(places.Count, 3, 4);
        Assert.Equal((long.MaxValue, 1), (places[^1].LastMs, (await PlacesAsync("nobody-has-heard-of-it")).Count));
        Assert.Empty((await _history.SearchAsync("task_id:nobody-has-heard-of-it")).Entries);
    }

    /// <summary>One part ends and the next begins within the same millisecond.</summary>
    [Fact]
    public async Task Story_PartsThatMeetInAMillisecond_TellEachEventOnce()
    {
        const int Half = TaskFilters.MaxTasks;
        var same = (ulong)Begin.ToUnixTimeMilliseconds();
        _history.Write(Enumerable.Range(0, (2 * Half) + 5).Select(i => (
            new LogPosition(same, (ulong)i), Sample.Event(EventTypes.TaskStarted, "atlas", i is 0 or Half or 2 * Half ? "long" : $"task-{i}"))));

        var places = await PlacesAsync("long");
        var story = await _history.History.TaskEventsAsync("long", 100, TestContext.Current.CancellationToken);

        Assert.Equal(((long)same, long.MaxValue), Assert.Single(places));
        Assert.Equal([0ul, Half, 2 * Half], story.Select(entry => entry.Position.Sequence));
    }

    /// <summary>A writer that starts again knows what it had not written, so that no part of the log is left out.</summary>
    [Fact]
    public async Task Story_WriterStartsAgainBetweenParts_MissesNothing()
    {
        const int Step = TaskFilters.MaxTasks / 4;
        for (var i = 0; i < 9; i++)
        {
            var first = i * Step;
            _history.Write(Enumerable.Range(first, Step).Select(n => At(n, n % Step == 0 ? "long" : $"task-{n}")));
            _history.RestartWriter();
        }

        var story = await _history.History.TaskEventsAsync("long", 100, TestContext.Current.CancellationToken);
        var filters = await _history.History.AskAsync(
            (connection, cancel) => connection.With(cancel).Rows(new SqlText().Add("SELECT count(*) FROM task_filters"), row => row.GetInt64(0))[0],
            TestContext.Current.CancellationToken);

        Assert.Equal(Enumerable.Range(0, 9).Select(i => Ms(i * Step)), story.Select(entry => entry.Position.Milliseconds));
        Assert.Equal(2, filters);
    }

    private static ulong Ms(int index) => (ulong)Begin.ToUnixTimeMilliseconds() + (ulong)index;

    private static (LogPosition, MonitoringEvent) At(int index, string task) =>
        (new LogPosition(Ms(index), 0), Sample.Event(EventTypes.TaskStarted, "atlas", task) with { Timestamp = Begin.AddMilliseconds(index) });

    private Task<List<(long FirstMs, long LastMs)>> PlacesAsync(string task) => _history.History.AskAsync(
        (connection, cancel) => TaskPlaces.Of(connection.With(cancel), [task]), TestContext.Current.CancellationToken);
}
