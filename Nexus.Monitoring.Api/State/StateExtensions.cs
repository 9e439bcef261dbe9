using Nexus.Monitoring.Api.Streaming;

namespace Nexus.Monitoring.Api.State;

internal static class StateExtensions
{
    public static void AddLiveState(this IHostApplicationBuilder builder) =>
        builder.Services.AddSingleton<ISnapshotSource, SnapshotSource>();
}
