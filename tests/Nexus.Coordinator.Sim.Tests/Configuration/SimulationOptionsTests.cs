using Nexus.Coordinator.Sim.Configuration;

namespace Nexus.Coordinator.Sim.Tests.Configuration;

public sealed class SimulationOptionsTests
{
    private readonly SimulationOptionsValidator _validator = new();

    [Fact]
    public void Validate_Defaults_Succeeds() => Assert.True(_validator.Validate(null, new SimulationOptions()).Succeeded);

    [Fact]
    public void Validate_EachBadValue_HasASentenceThatNamesKeyValueAndWhatIsAllowed()
    {
        var options = new SimulationOptions
        {
            Rate = 0,
            Workers = 0,
            FailureRate = 4,
            Scenario = "chaos",
            Projects = " , ",
            RunsAtOnce = 1_000,
            MaxAttempts = 0,
        };

        Assert.Equal(
            [
                "Simulation:Rate is '0'; 0.1 to 5000 is allowed.",
                "Simulation:Workers is '0'; 1 to 1000 is allowed.",
                "Simulation:FailureRate is '4'; 0 to 0.9 is allowed.",
                "Simulation:MaxAttempts is '0'; 1 to 20 is allowed.",
                "Simulation:RunsAtOnce is '1000'; 1 to 200 is allowed.",
                "Simulation:Scenario is 'chaos'; one of steady, burst, failing, worker-crash is allowed.",
                "Simulation:Projects is ' , '; 1 to 100 names joined by commas are allowed.",
            ],
            _validator.Validate(null, options).Failures);
    }

    [Theory]
    [InlineData(4, null, 4)]
    [InlineData(800, null, 32)]
    [InlineData(800, 5, 5)]
    public void EffectiveRunsAtOnce_RateAndSetting_Decide(double rate, int? setting, int expected) =>
        Assert.Equal(expected, new SimulationOptions { Rate = rate, RunsAtOnce = setting }.EffectiveRunsAtOnce);
}
