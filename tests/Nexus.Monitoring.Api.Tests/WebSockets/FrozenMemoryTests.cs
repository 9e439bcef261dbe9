using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Api.Tests.Fixtures;

namespace Nexus.Monitoring.Api.Tests.WebSockets;

/// <summary>What a client that never reads makes the node hold, however much it misses.</summary>
[Collection(nameof(Alone))]
public sealed class FrozenMemoryTests
{
    private const int Clients = 40;
    private const long MostOfAClient = 64 * 1024;
    private const int RingEvents = 256;

    [Theory]
    [InlineData("")]
    [InlineData("?format=batch")]
    [InlineData("?project_id=a")]
    public async Task Frozen_WhileMuchIsSent_HoldAtMost64KilobytesEach(string query)
    {
        await using var api = await ApiHost.StartAsync(
            null, ("Monitoring:RingEvents", $"{RingEvents}"), ("Monitoring:StallTimeout", "00:05:00"), ("Monitoring:PingInterval", "00:05:00"));
        await LoadAsync(api);
        var without = await HeldAsync();
        var frozen = new List<Socket>();
        try
        {
            for (var i = 0; i < Clients; i++)
            {
                frozen.Add(await FrozenSocket.OpenAsync(api, query));
            }

            await Eventually.IsTrueAsync(() => api.Services.GetRequiredService<StreamCapacity>().Open == Clients, "all are there");
            await LoadAsync(api);
            var with = await HeldAsync();

            Assert.Equal(Clients, api.Services.GetRequiredService<StreamCapacity>().Open);
            Assert.InRange((with - without) / Clients, long.MinValue, MostOfAClient);
        }
        finally
        {
            frozen.ForEach(socket => socket.Dispose());
        }
    }

    /// <summary>More than the sockets' buffers of both sides hold.</summary>
    private static async Task LoadAsync(ApiHost api)
    {
        var big = new string('x', 9000);
        for (var i = 0; i < 2000; i++)
        {
            api.Log.Append(Sample.Event(projectId: "a") with { Message = big });
        }

        await api.FoldsAsync(api.Log.Positions[^1]);
        api.Log.TrimTo(RingEvents);
    }

    /// <summary>The least of a few looks: others of this process come and go.</summary>
    private static async Task<long> HeldAsync()
    {
        var least = long.MaxValue;
        for (var look = 0; look < 5; look++)
        {
            least = Math.Min(least, GC.GetTotalMemory(forceFullCollection: true));
            await Task.Yield();
        }

        return least;
    }
}
