using Nexus.Monitoring.Api.Streaming;

namespace Nexus.Monitoring.Api.State;

internal static class StateExtensions
{
    public static void AddLiveState(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<LiveStateView>();
        builder.Services.AddSingleton<ISnapshotSource, SnapshotSource>();
        builder.Services.AddHostedService<LiveStateFolder>();
        builder.Services.AddHealthChecks().AddCheck<StateHealthCheck>("state");
    }
}
