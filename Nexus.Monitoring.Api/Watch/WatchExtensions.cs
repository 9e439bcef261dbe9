namespace Nexus.Monitoring.Api.Watch;

internal static class WatchExtensions
{
    /// <summary>Adds the watcher. A node that does not publish (<c>Monitoring:Enabled</c>) leaves watching to others.</summary>
    public static void AddWatch(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IWatchLog, RedisWatchLog>();
        builder.Services.AddSingleton<Watcher>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Watcher>());
    }
}
