using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Api.Tests.Fixtures;

namespace Nexus.Monitoring.Api.Tests.WebSockets;

/// <summary>What a client that never reads makes the node hold, however much it misses.</summary>
[Collection(nameof(Alone))]
public sealed class FrozenMemoryTests
{
    private const int Few = 10;
    private const int Clients = 40;

    /// <summary>
    /// The 32 KB that are being sent, some 13 KB for the connection, and three times as much again for what a heap of megabytes varies by; what
    /// each misses are 18 MB.
    /// </summary>
    private const long MostOfAClient = 192 * 1024;

    private const int RingEvents = 256;
    private const int Looks = 20;

    [Theory]
    [InlineData("")]
    [InlineData("?format=batch")]
    [InlineData("?project_id=a")]
    public async Task Frozen_WhileMuchIsSent_HoldABatchEachAndNotWhatTheyMiss(string query)
    {
        await using var api = await ApiHost.StartAsync(
            null, ("Monitoring:RingEvents", $"{RingEvents}"), ("Monitoring:StallTimeout", "00:05:00"), ("Monitoring:PingInterval", "00:05:00"));
        var frozen = new List<Socket>();
        try
        {
            // What is shared by them all is there with the first few.
            await FreezeAsync(Few);
            var few = await HeldAsync();
            await FreezeAsync(Clients);
            var many = await HeldAsync();

            Assert.InRange((many - few) / Clients, long.MinValue, MostOfAClient);
            Assert.Equal(frozen.Count, api.Services.GetRequiredService<StreamCapacity>().Open);
        }
        finally
        {
            frozen.ForEach(socket => socket.Dispose());
        }

        async Task FreezeAsync(int count)
        {
            for (var i = 0; i < count; i++)
            {
                frozen.Add(await FrozenSocket.OpenAsync(api, query));
            }

            await Eventually.IsTrueAsync(() => api.Services.GetRequiredService<StreamCapacity>().Open == frozen.Count, "all are there");
            await LoadAsync(api);
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

    /// <summary>The least of some looks: the tail holds its last page until it reads again.</summary>
    private static async Task<long> HeldAsync()
    {
        var least = long.MaxValue;
        for (var look = 0; look < Looks; look++)
        {
            least = Math.Min(least, GC.GetTotalMemory(forceFullCollection: true));
            await Task.Yield();
        }

        return least;
    }
}
