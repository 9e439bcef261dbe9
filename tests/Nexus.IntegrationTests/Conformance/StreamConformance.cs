using Nexus.IntegrationTests.Fixtures;
using Nexus.IntegrationTests.Transports;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Testing.Network;

namespace Nexus.IntegrationTests.Conformance;

/// <summary>What protocol.md promises to every reader, the same for each transport, on one node and on two over one Redis.</summary>
public abstract class StreamConformance(SharedStack shared, StreamTransport transport)
{
    private readonly string _project = shared.NewProject();

    public static TheoryData<string, string> BadQueries => new()
    {
        { "cursor=abc", "cursor is 'abc'; the cursor of an event is allowed" },
        { "cursor=-1-1", "cursor is '-1-1';" },
        { "cursor=1-2-3", "cursor is '1-2-3';" },
        { "cursor=99999999999999-0", "this one lies in the future" },
        { "project_id=" + new string('x', 257), "project_id is 'xxx" },
        { "event_types=task%20failed", "event_types is 'task failed';" },
        { "q=statos%3Afailed", "Column 1: 'statos' is no field; expected status" },
        { "q=duration_ms%3Afast", "Column 13: 'fast' is no value of duration_ms; expected milliseconds" },
        { "event_types=" + string.Join(',', Enumerable.Range(0, 101)), "at most 100 values are allowed" },
    };

    private Stack Stack => shared.Stack;

    private Producer Producer => shared.Stack.Producer;

    [Fact]
    public async Task Follow_FilteredAndNot_OnTwoNodes_IsCompleteAndInOneOrder()
    {
        RequiresRedis();
        await using var all = new Subscriber(transport);
        await using var some = new Subscriber(transport, _project);
        await using var allElsewhere = new Subscriber(transport);
        await using var someElsewhere = new Subscriber(transport, _project);
        await Task.WhenAll(all.OpenAsync(shared.First), some.OpenAsync(shared.First), allElsewhere.OpenAsync(shared.Second), someElsewhere.OpenAsync(shared.Second));

        for (var round = 0; round < 20; round++)
        {
            Producer.Publish(EventTypes.TaskStarted, 40, "somebody else");
            Producer.Publish(EventTypes.TaskStarted, 5, _project);
            await Task.Delay(2);
        }

        await Stack.ProveAsync(all, some, allElsewhere, someElsewhere);
        Assert.Equal(100, some.Journal.Count);
        Assert.Empty(all.Journal.Gaps.Concat(allElsewhere.Journal.Gaps));
    }

    [Fact]
    public async Task Follow_Query_IsWhatMatches_LiveAndAgain()
    {
        RequiresRedis();
        var query = $"project:{_project} AND (\"rate limit\" OR task:t7) NOT type:task_completed ts:>-1h";
        await using var live = new Subscriber(transport, query: query);
        await using var alike = new Subscriber(transport, query: query);
        await using var elsewhere = new Subscriber(transport, query: query.Replace("AND", "", StringComparison.Ordinal));
        await Task.WhenAll(live.OpenAsync(shared.First), alike.OpenAsync(shared.First), elsewhere.OpenAsync(shared.Second));

        Producer.Publish(EventTypes.TaskStarted, 20, _project, "Rate LIMIT reached");
        Producer.Publish(EventTypes.TaskCompleted, 20, _project, "rate limit reached");
        Producer.Publish(EventTypes.TaskStarted, 20, _project, "no limit");
        Producer.Publish(EventTypes.TaskStarted, 20, "somebody else", "rate limit");
        await Producer.FlushAsync();
        await using var again = new Subscriber(transport, _project, "\"rate limit\" -type:task_completed");
        await again.OpenAsync(shared.Second, LogPosition.Start);

        await Stack.ProveAsync(live, alike, elsewhere, again);
        Assert.Equal((21, 21, 21, 20), (live.Journal.Count, alike.Journal.Count, elsewhere.Journal.Count, again.Journal.Count));
    }

    [Fact]
    public async Task Ping_OfAFilterThatMatchesNothing_CarriesTheHead()
    {
        RequiresRedis();
        await using var reader = new Subscriber(transport, _project);
        await reader.OpenAsync(shared.First);
        Producer.Publish(EventTypes.TaskStarted, 10, "somebody else");
        await Producer.FlushAsync();
        var head = Stack.Ledger.Last(EventFilter.All);

        await Eventually.IsTrueAsync(() => reader.Journal.Frames.OfType<PingFrame>().Any(ping => ping.Cursor >= head), "a ping carries the head");

        // It is a cursor as good as any.
        await reader.CloseAsync();
        Producer.Publish(EventTypes.TaskStarted, 3, _project);
        await Producer.FlushAsync();
        await reader.OpenAsync(shared.Second);
        await Stack.ProveAsync(reader);
        Assert.Equal(3, reader.Journal.Count);
        Assert.Empty(reader.Journal.Gaps);
    }

    [Fact]
    public async Task Resume_NetworkCutAgainAndAgain_MissesNothing()
    {
        RequiresRedis();
        await using var network = TcpProxy.Start(shared.First.Port);
        await using var all = new Subscriber(transport);
        await using var some = new Subscriber(transport, _project);
        var node = new Uri($"http://127.0.0.1:{network.Port}");
        await all.FollowAsync(node);
        await some.FollowAsync(node);

        for (var cut = 1; cut <= 4; cut++)
        {
            Producer.Publish(EventTypes.TaskStarted, 200, _project);
            await some.ReceivesAsync((200 * (cut - 1)) + 1);
            await Eventually.IsTrueAsync(() => all.Connections >= cut && some.Connections >= cut, "both are there to be cut off");
            network.Cut();
        }

        await Eventually.IsTrueAsync(() => all.Connections > 4 && some.Connections > 4, "they come back each time");
        await Stack.ProveAsync(all, some);
        Assert.Empty(all.Journal.Gaps.Concat(some.Journal.Gaps));
    }

    [Fact]
    public async Task Resume_ClientWasAway_AtEitherNode_MissesNothing()
    {
        RequiresRedis();
        await using var all = new Subscriber(transport);
        await using var some = new Subscriber(transport, _project);
        Task IsResumedAsync(int times) => Eventually.IsTrueAsync(
            () => some.Journal.Frames.OfType<ResumedFrame>().Count() == times, "each visit but the first is told that its cursor was honoured");
        foreach (var (visit, node) in new[] { shared.First, shared.Second, shared.First }.Index())
        {
            await all.OpenAsync(node);
            await some.OpenAsync(node);
            Producer.Publish(EventTypes.TaskStarted, 50, _project);
            await Producer.FlushAsync();
            await some.ReachesAsync(Stack.Ledger.Last(some.Journal.Filter));
            await IsResumedAsync(visit);
            await all.CloseAsync();
            await some.CloseAsync();

            // More than the second node keeps in memory.
            Producer.Publish(EventTypes.TaskStarted, 300, "somebody else");
            Producer.Publish(EventTypes.TaskStarted, 20, _project);
            await Producer.FlushAsync();
        }

        await all.OpenAsync(shared.Second);
        await some.OpenAsync(shared.Second);
        await Stack.ProveAsync(all, some);
        await IsResumedAsync(3);
        Assert.Equal(210, some.Journal.Count);
        Assert.Empty(all.Journal.Gaps.Concat(some.Journal.Gaps));
    }

    [Fact]
    public async Task Resume_FromTheBeginning_ReadsTheWholeLog()
    {
        RequiresRedis();
        Producer.Publish(EventTypes.TaskStarted, 500, _project);
        await Producer.FlushAsync();
        await using var all = new Subscriber(transport);
        await using var some = new Subscriber(transport, _project);

        await all.OpenAsync(shared.Second, LogPosition.Start);
        await some.OpenAsync(shared.First, LogPosition.Start);

        await Stack.ProveAsync(all, some);
        Assert.Equal(500, some.Journal.Count);
        Assert.Empty(all.Journal.Gaps.Concat(some.Journal.Gaps));
    }

    [Fact]
    public async Task Resume_CursorThatThisLogNeverHad_IsAGapAndGoesOn()
    {
        RequiresRedis();
        Producer.Publish(EventTypes.TaskStarted, 5, _project);
        await Producer.FlushAsync();
        var last = Stack.Ledger.Last(EventFilter.All);
        var foreign = last with { Sequence = last.Sequence + 1_000_000 };
        await using var reader = new Subscriber(transport, _project);

        await reader.OpenAsync(shared.First, foreign);
        await Eventually.IsTrueAsync(() => reader.Journal.Gaps.Any(), "the reader is told");
        Producer.Publish(EventTypes.TaskStarted, 5, _project);
        await reader.ReceivesAsync(5);

        var gap = Assert.Single(reader.Journal.Gaps);
        Assert.Equal((foreign, GapReasons.LogReset), (gap.After, gap.Reason));
        await Stack.ProveAsync(reader);
    }

    [Theory]
    [MemberData(nameof(BadQueries))]
    public async Task Open_BadQuery_IsRefusedWithASentence(string query, string sentence)
    {
        RequiresRedis();
        var refusal = await transport.RefusalAsync(shared.First, query);

        Assert.NotNull(refusal);
        Assert.Contains(sentence, refusal.Replace("\\u0027", "'", StringComparison.Ordinal), StringComparison.Ordinal);
        if (transport != StreamTransports.SignalR)
        {
            Assert.StartsWith("400 ", refusal, StringComparison.Ordinal);
        }
    }

    private void RequiresRedis() => Assert.SkipUnless(shared.Stack is not null, RedisServerProcess.WhyMissing);
}
