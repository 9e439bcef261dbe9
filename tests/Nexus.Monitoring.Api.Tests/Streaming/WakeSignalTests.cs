using Nexus.Monitoring.Api.Streaming;

namespace Nexus.Monitoring.Api.Tests.Streaming;

public sealed class WakeSignalTests
{
    [Fact]
    public async Task Set_BeforeTheWait_IsRememberedOnce()
    {
        var signal = new WakeSignal();

        signal.Set();
        signal.Set();

        await signal.WaitAsync();
        Assert.False(signal.WaitAsync().AsTask().IsCompleted);
    }

    /// <summary>A wake-up that is lost leaves the waiter asleep with work to do, and this test without an end.</summary>
    [Fact]
    public async Task Set_FromSeveralThreads_LosesNoNews()
    {
        const int Rounds = 100_000;
        var signal = new WakeSignal();
        var produced = 0;
        var producers = Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < Rounds; i++)
            {
                Interlocked.Increment(ref produced);
                signal.Set();
            }
        })).ToArray();

        while (Volatile.Read(ref produced) < 2 * Rounds)
        {
            await signal.WaitAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10));
        }

        await Task.WhenAll(producers);
    }
}
