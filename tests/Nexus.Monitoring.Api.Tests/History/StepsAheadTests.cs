using Nexus.Monitoring.Api.History.Writing;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Api.Tests.Fixtures;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Tests.History;

public sealed class StepsAheadTests
{
    private const int Ring = 16;

    [Fact]
    public async Task Next_BehindTheRingAndInIt_HandsOutEachEntryOnceAndKeepsItWhileItReadsOn()
    {
        await using var tailed = await StartAsync();
        var positions = tailed.Log.Append(1_000);
        await tailed.ReachesAsync(positions[^1]);
        await using var steps = new StepsAhead(tailed.Reader(after: positions[0]));
        var read = new List<LogPosition>();

        while (await steps.NextAsync(CancellationToken.None) is { Kind: not ReaderStepKind.Idle } step)
        {
            // The step after it is read meanwhile, in which lists of entries are used again.
            await Task.Delay(1, TestContext.Current.CancellationToken);
            read.AddRange(step.Entries!.Select(entry => entry.Position));
            Assert.Equal(step.Upto, steps.Position);
        }

        Assert.Equal(positions.Skip(1), read);
        Assert.Equal(positions[^1], steps.Position);

        var more = tailed.Log.Append(3);
        await tailed.ReachesAsync(more[^1]);
        Assert.Equal(more, (await steps.NextAsync(CancellationToken.None)).Entries!.Select(entry => entry.Position));
        Assert.Equal(ReaderStepKind.Idle, (await steps.NextAsync(CancellationToken.None)).Kind);
    }

    [Fact]
    public async Task Next_BehindTheRing_HasAskedForTheNextStepWhenItReturns()
    {
        await using var tailed = await StartAsync();
        var positions = tailed.Log.Append(1_000);
        await tailed.ReachesAsync(positions[^1]);
        await using var steps = new StepsAhead(tailed.Reader(after: positions[0]));
        var before = tailed.Log.Reads;

        await steps.NextAsync(CancellationToken.None);

        Assert.Equal(before + 2, tailed.Log.Reads);
    }

    [Fact]
    public async Task Next_LogAway_SaysSoAndGoesOnWhereItWas()
    {
        await using var tailed = await StartAsync();
        var positions = tailed.Log.Append(500);
        await tailed.ReachesAsync(positions[^1]);
        await using var steps = new StepsAhead(tailed.Reader(after: positions[0]));
        var read = new List<LogPosition>();
        var failures = 0;
        for (var isThere = true; isThere;)
        {
            try
            {
                var step = await steps.NextAsync(CancellationToken.None);
                isThere = step.Kind != ReaderStepKind.Idle;
                read.AddRange((step.Entries ?? []).Select(entry => entry.Position));
                tailed.Log.IsAway = true;
            }
            catch (LogAwayException)
            {
                failures++;
                tailed.Log.IsAway = false;
            }
        }

        Assert.True(failures > 0);
        Assert.Equal(positions.Skip(1), read);
    }

    private static Task<TailedLog> StartAsync() => TailedLog.StartAsync(configure: options => options.RingEvents = Ring);
}
