using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Nexus.Monitoring.Api.Log;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Api.Tests.Fixtures;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Filters;

namespace Nexus.Monitoring.Api.Tests.Streaming;

/// <summary>An event that a filter stumbles over: nobody else notices.</summary>
public sealed class UndecidedFilterTests
{
    [Fact]
    public async Task Append_FilterThatThrows_IsCountedAndTheOthersAreRouted()
    {
        await using var tailed = await TailedLog.StartAsync();
        tailed.Feed.Join(Sample.Filter("q=counts.x%3A1"), tailed.Feed.NewSignal());
        var other = tailed.Reader();
        other.Cohort = tailed.Feed.Join(EventFilter.All, tailed.Feed.NewSignal());
        var position = tailed.Log.Append(Sample.Event());
        await tailed.ReachesAsync(position);

        var broken = Broken(position with { Sequence = 1 });
        tailed.Feed.Append([broken]);
        var last = tailed.Log.Append(Sample.Event());
        await tailed.ReachesAsync(last);

        var record = await new ReaderRecord(other).ReadToHeadAsync();
        Assert.Equal([position, broken.Position, last], record.Positions);
        Assert.Equal(1, tailed.Skipped.Counts[SkipKinds.NotFiltered]);
        Assert.Contains(broken.Position.ToString(), Assert.Single(tailed.SkipLog.GetSnapshot()).Message, StringComparison.Ordinal);
    }

    /// <summary>Readers that look for themselves come to the same answer.</summary>
    [Fact]
    public async Task Next_FilterThatThrows_PassesOver()
    {
        await using var tailed = await TailedLog.StartAsync();
        var reader = tailed.Reader(Sample.Filter("q=counts.x%3A1"));
        var position = tailed.Log.Append(Sample.Event());
        await tailed.ReachesAsync(position);
        tailed.Feed.Append([Broken(position with { Sequence = 1 })]);

        var record = await new ReaderRecord(reader).ReadToHeadAsync();

        Assert.Empty(record.Positions);
        Assert.Equal(position with { Sequence = 1 }, reader.Position);
    }

    /// <summary>Its counts cannot be read.</summary>
    private static LogEntry Broken(Contracts.Log.LogPosition position)
    {
        var e = Sample.Event();
        var entry = EntryEncoder.EncodeAlone(EventJson.ToUtf8(e), position, EventKeys.Of(e));
        entry.Decoded = e with { Counts = new Unreadable() };
        return entry;
    }

    private sealed class Unreadable : IReadOnlyDictionary<string, long>
    {
        public int Count => throw Problem;

        public IEnumerable<string> Keys => throw Problem;

        public IEnumerable<long> Values => throw Problem;

        private static NotSupportedException Problem => new("Not to be read.");

        public long this[string key] => throw Problem;

        public bool ContainsKey(string key) => throw Problem;

        public bool TryGetValue(string key, [MaybeNullWhen(false)] out long value) => throw Problem;

        public IEnumerator<KeyValuePair<string, long>> GetEnumerator() => throw Problem;

        IEnumerator IEnumerable.GetEnumerator() => throw Problem;
    }
}
