using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Nexus.Coordinator.Sim.Configuration;
using Nexus.Coordinator.Sim.Hosting;
using Nexus.ServiceDefaults;

namespace Nexus.Coordinator.Sim.Tests.Hosting;

public sealed class BadSettingsTests
{
    [Theory]
    [InlineData("Simulation:Workers", "0", "Simulation:Workers is '0'; 1 to 1000 is allowed.")]
    [InlineData("Simulation:Scenario", "chaos", "Simulation:Scenario is 'chaos'; one of steady, burst, failing, worker-crash is allowed.")]
    [InlineData("Simulation:Workers", "many", "Failed to convert configuration value 'many' at 'Simulation:Workers' to type 'System.Int32'.")]
    [InlineData("ConnectionStrings:redis", "ftp://localhost", "ConnectionStrings:redis is not an address of Redis")]
    public void Explain_BadSetting_NamesKeyValueAndWhatIsAllowed(string key, string value, string sentence)
    {
        var error = Record.Exception(() =>
        {
            var builder = Host.CreateEmptyApplicationBuilder(null);
            builder.Configuration["ConnectionStrings:redis"] = "127.0.0.1:1";
            builder.Configuration[key] = value;
            builder.AddRedis();
            builder.AddSimulation();
            using var host = builder.Build();
            host.Services.GetRequiredService<IStartupValidator>().Validate();
        });

        Assert.NotNull(error);
        Assert.StartsWith(sentence, ServiceRun.Explain(error), StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_NoAddressOfRedis_SaysHowToGiveOne()
    {
        var error = Record.Exception(() => Host.CreateEmptyApplicationBuilder(null).AddRedis());

        Assert.StartsWith("Nothing says where Redis is; set ConnectionStrings:redis or REDIS_URL", ServiceRun.Explain(error!), StringComparison.Ordinal);
    }
}
