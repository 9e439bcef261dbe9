using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Api.Tests.Fixtures;
using Nexus.ServiceDefaults;

namespace Nexus.Monitoring.Api.Tests.Hosting;

public sealed class WarmUpTests
{
    [Fact]
    public async Task Start_StreamsOfItsOwn_AreServedAndCountForNobody()
    {
        await using var api = await ApiHost.StartWarmAsync();
        var capacity = api.Services.GetRequiredService<StreamCapacity>();

        await api.Services.GetServices<IHostedService>().OfType<WarmUp>().Single().ExecuteTask!;

        Assert.Equal(0, capacity.Opened);
        Assert.Equal(["websocket"], capacity.ByTransport.Keys);
        await Eventually.IsTrueAsync(() => !capacity.HasOpen, "its streams are gone");
    }
}
