using Microsoft.Extensions.Options;
using Nexus.Coordinator.Sim.Configuration;
using Nexus.Coordinator.Sim.Coordination;
using Nexus.Coordinator.Sim.Tests.Fixtures;
using Nexus.Coordinator.Sim.Work;

namespace Nexus.Coordinator.Sim.Tests.Coordination;

public sealed class RetryPolicyTests
{
    private readonly RetryPolicy _policy = new(Options.Create(new SimulationOptions { RetryDelaySeconds = 2, MaxAttempts = 4 }));

    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 4)]
    [InlineData(2, 8)]
    [InlineData(3, 16)]
    [InlineData(4, 30)]
    [InlineData(19, 30)]
    public void Delay_EachFailedAttempt_DoublesUpToThirtySeconds(int retryCount, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), _policy.Delay(Jobs.New() with { RetryCount = retryCount }, new InvalidOperationException()));

    [Fact]
    public void Delay_OtherSideAsksForLonger_IsHonoured()
    {
        var throttled = new WorkException("HTTP 429 from provider", isTransient: true, TimeSpan.FromSeconds(45)) { Kind = "rate_limited" };

        Assert.Equal(TimeSpan.FromSeconds(45), _policy.Delay(Jobs.New(), throttled));
    }

    [Theory]
    [InlineData(2, true, true)]
    [InlineData(3, true, false)]
    [InlineData(0, false, false)]
    public void AllowsAnother_AttemptsAndKindOfFailure_Decide(int retryCount, bool isTransient, bool allowed)
    {
        var failure = new WorkException("no", isTransient) { Kind = "no" };

        Assert.Equal(allowed, _policy.AllowsAnother(Jobs.New() with { RetryCount = retryCount }, failure));
    }
}
