using Nexus.Monitoring.Api.Tests.Fixtures;
using Nexus.Monitoring.Api.TimeMachine;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Tests.TimeMachine;

public sealed class HistoryPagesTests : IDisposable
{
    private const int Count = 3_000;
    private const int MostPages = 60;

    private readonly TemporaryHistory _history = new();

    private readonly HistoryPages _pages;

    public HistoryPagesTests()
    {
        _pages = new HistoryPages(_history.History);
        for (var part = 0; part < 3; part++)
        {
            _history.Write(Enumerable.Range(part * Count / 3, Count / 3).Select(i => (At(i), Sample.Event(taskId: $"t{i}"))));
        }
    }

    public void Dispose() => _history.Dispose();

    [Theory]
    [InlineData(700, long.MaxValue, true)]
    [InlineData(700, long.MaxValue, false)]
    [InlineData(int.MaxValue, 50_000, true)]
    [InlineData(int.MaxValue, 1, false)]
    public async Task ReadEntries_PageByPage_GivesEachOnceAndKeepsItsBounds(int events, long bytes, bool withKeys)
    {
        var (after, upto) = (At(9), At(Count - 10));
        var read = new List<LogPosition>();
        var left = MostPages;
        while (after < upto && left-- > 0)
        {
            var (entries, end, gap) = await _pages.ReadEntriesAsync(
                after, upto, new PageBounds(events, bytes), withKeys, TestContext.Current.CancellationToken);
            Assert.Null(gap);
            Assert.InRange(entries.Count, 1, events);
            Assert.True(entries.SkipLast(1).Sum(entry => (long)entry.Frame.Length) < bytes);
            Assert.All(entries, entry => Assert.Equal(withKeys, entry.Keys.TaskId is not null));
            read.AddRange(entries.Select(entry => entry.Position));
            after = end;
        }

        Assert.Equal(Enumerable.Range(10, read.Count).Select(At), read);
        Assert.True(after == upto || left < 0);
    }

    [Fact]
    public async Task ReadEntries_NothingLeft_IsAtItsEnd()
    {
        var (entries, end, _) = await _pages.ReadEntriesAsync(
            At(Count - 1), At(Count + 5), new PageBounds(10, 10_000), withKeys: false, TestContext.Current.CancellationToken);

        Assert.Empty(entries);
        Assert.Equal(At(Count + 5), end);
    }

    /// <summary>Several events share a millisecond.</summary>
    private static LogPosition At(int number) => new(MemoryLog.FirstMillisecond + (ulong)(number / 7 * 50), (ulong)(number % 7));
}
