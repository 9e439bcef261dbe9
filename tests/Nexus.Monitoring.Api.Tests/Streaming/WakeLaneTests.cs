using Nexus.Monitoring.Api.Streaming;

namespace Nexus.Monitoring.Api.Tests.Streaming;

public sealed class WakeLaneTests
{
    /// <summary>A wake-up that is lost leaves its waiter asleep with work to do, and this test without an end.</summary>
    [Fact]
    public async Task Set_ManyWaitersAndAHolder_WakesAllAgainAndAgain()
    {
        const int Rounds = 20_000;
        var lane = new WakeLane();
        var signals = Enumerable.Range(0, 300).Select(_ => new WakeSignal(lane)).ToArray();
        var seen = new long[signals.Length];
        var produced = 0L;
        var waiters = signals.Select((signal, i) => Task.Run(async () =>
        {
            while (Volatile.Read(ref seen[i]) < Rounds)
            {
                await signal.WaitAsync();
                Volatile.Write(ref seen[i], Volatile.Read(ref produced));
            }
        })).ToArray();

        while (produced < Rounds)
        {
            Volatile.Write(ref produced, produced + 1);
            var isHeld = produced % 3 == 0 && lane.TryHold();
            foreach (var signal in signals)
            {
                signal.Set();
            }

            if (isHeld)
            {
                lane.Run();
            }
        }

        await Task.WhenAll(waiters).WaitAsync(TimeSpan.FromSeconds(30));
    }
}
