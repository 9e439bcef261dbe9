using System.Net;
using System.Text.Json;
using Nexus.Monitoring.Api.Tests.Fixtures;

namespace Nexus.Monitoring.Api.Tests.Http;

/// <summary>What may be asked for; that it happens is shown on the whole stack, in the integration tests.</summary>
public sealed class ChaosTests
{
    [Theory]
    [InlineData("explode", 404, "There is no chaos 'explode'; one of kill-worker, pause-worker, skew-clock, cut-redis, freeze-client, duplicate-events, reorder-events is allowed.")]
    [InlineData("pause-worker?seconds=0", 400, "seconds is '0'; a whole number from 1 to 600 is allowed.")]
    [InlineData("pause-worker?worker=-1", 400, "worker is '-1'; a whole number from 0 to 2147483647 is allowed.")]
    [InlineData("skew-clock", 400, "offset_seconds is ''; a whole number from -86400 to 86400 is needed.")]
    [InlineData("skew-clock?offset_seconds=soon", 400, "offset_seconds is 'soon'; a whole number from -86400 to 86400 is needed.")]
    [InlineData("cut-redis?who=me", 400, "who is 'me'; one of all, api, simulator is allowed.")]
    [InlineData("kill-worker?seconds=3", 400, "seconds is '3'; only worker can be told to kill-worker.")]
    public async Task Post_NotValid_IsRefusedInASentence(string what, int status, string detail)
    {
        await using var host = await ApiHost.StartAsync();
        using var answer = await host.Http.PostAsync($"/demo/chaos/{what}", null, TestContext.Current.CancellationToken);

        Assert.Equal(((HttpStatusCode)status, detail), (answer.StatusCode, await DetailAsync(answer)));
    }

    [Fact]
    public async Task Post_NoSimulator_SaysSoAndBreaksNothing()
    {
        await using var host = await ApiHost.StartAsync(null, ("Monitoring:Demo:SimulatorUrl", "http://127.0.0.1:1"));
        using var answer = await host.Http.PostAsync("/demo/chaos/cut-redis", null, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.StartsWith("No simulator answers at http://127.0.0.1:1/", await DetailAsync(answer), StringComparison.Ordinal);
        Assert.Equal(0, (await host.Http.GetJsonAsync("/demo/chaos")).GetProperty("running").GetArrayLength());
    }

    [Fact]
    public async Task Delete_NothingLasts_SaysSo()
    {
        await using var host = await ApiHost.StartAsync();
        using var answer = await host.Http.DeleteAsync("/demo/chaos/7", TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.NotFound, "No effect 7 lasts."), (answer.StatusCode, await DetailAsync(answer)));
    }

    [Fact]
    public async Task Post_OutsideOfDevelopment_IsRefused()
    {
        await using var host = await ApiHost.StartAsync(null, ("environment", "Production"));
        using var answer = await host.Http.PostAsync("/demo/chaos/cut-redis?who=api", null, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.StartsWith("Things are broken on purpose in development only", await DetailAsync(answer), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await host.Http.GetAsync("/demo/chaos", TestContext.Current.CancellationToken)).StatusCode);
    }

    private static async Task<string?> DetailAsync(HttpResponseMessage answer)
    {
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return problem.RootElement.GetProperty("detail").GetString();
    }
}
