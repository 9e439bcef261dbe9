using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Nexus.ServiceDefaults.Chaos;

/// <summary>What lets a service be cut off from what it needs, in development only.</summary>
public static class ChaosExtensions
{
    /// <summary>A cut to be given to the connection as its tunnel; null, and nothing is added, outside of development.</summary>
    public static RedisCut? AddRedisCut(this IHostApplicationBuilder builder)
    {
        if (!builder.Environment.IsDevelopment())
        {
            return null;
        }

        var cut = new RedisCut(TimeProvider.System);
        builder.Services.AddSingleton(cut);
        return cut;
    }
}
