using Microsoft.Extensions.Options;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Api.Tests.Fixtures;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Tests.Streaming;

/// <summary>The writer waits for the reader that folds, where that helps it.</summary>
public sealed class FoldingTests
{
    private const int RingEvents = 16;

    [Fact]
    public async Task LetFold_HalfOfTheRingBehind_WaitsUntilItHasCome()
    {
        var feed = Feed(TimeSpan.FromMinutes(5));
        var entries = Append(feed, 10);
        feed.SetFolded(entries[1]);

        var waiting = feed.LetFoldAsync(CancellationToken.None).AsTask();

        Assert.False(waiting.IsCompleted);
        feed.SetFolded(entries[8]);
        await waiting.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task LetFold_ReaderNeverComes_GoesOn()
    {
        var feed = Feed(TimeSpan.FromMilliseconds(20));
        feed.SetFolded(Append(feed, 10)[0]);

        await feed.LetFoldAsync(CancellationToken.None).AsTask().WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task LetFold_Stopping_GoesOn()
    {
        var feed = Feed(TimeSpan.FromMinutes(5));
        feed.SetFolded(Append(feed, 10)[0]);
        using var stopping = new CancellationTokenSource();

        var waiting = feed.LetFoldAsync(stopping.Token).AsTask();
        await stopping.CancelAsync();

        await waiting.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
    }

    [Fact]
    public void LetFold_NobodyFolds_DoesNotWait()
    {
        var feed = Feed(TimeSpan.FromMinutes(5));
        Append(feed, 10);

        Assert.True(feed.LetFoldAsync(CancellationToken.None).AsTask().IsCompletedSuccessfully);
    }

    [Fact]
    public void LetFold_LessThanHalfBehind_DoesNotWait()
    {
        var feed = Feed(TimeSpan.FromMinutes(5));
        feed.SetFolded(Append(feed, 10)[5]);

        Assert.True(feed.LetFoldAsync(CancellationToken.None).AsTask().IsCompletedSuccessfully);
    }

    [Fact]
    public void LetFold_ReaderHasLeftTheRing_DoesNotWait()
    {
        var feed = Feed(TimeSpan.FromMinutes(5));
        var entries = Append(feed, RingEvents + 5);
        feed.SetFolded(entries[3]);

        Assert.True(feed.LetFoldAsync(CancellationToken.None).AsTask().IsCompletedSuccessfully);
    }

    [Fact]
    public void LetFold_LogBeganAnew_DoesNotWait()
    {
        var feed = Feed(TimeSpan.FromMinutes(5));
        var entries = Append(feed, 10);
        feed.SetFolded(entries[1]);
        feed.Restart(entries[^1].Position, null);
        Append(feed, 10, from: 100);

        Assert.True(feed.LetFoldAsync(CancellationToken.None).AsTask().IsCompletedSuccessfully);
    }

    private static LogFeed Feed(TimeSpan most) =>
        new(Options.Create(new MonitoringApiOptions { RingEvents = RingEvents }), TimeProvider.System) { MostForFolding = most };

    private static List<LogEntry> Append(LogFeed feed, int count, int from = 1)
    {
        var e = Sample.Event();
        List<LogEntry> entries =
        [
            .. Enumerable.Range(from, count).Select(n => EntryEncoder.EncodeAlone(EventJson.ToUtf8(e), new LogPosition((ulong)n, 0), EventKeys.Of(e))),
        ];
        feed.Append(entries);
        return entries;
    }
}
