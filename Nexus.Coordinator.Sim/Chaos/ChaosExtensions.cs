using Nexus.Monitoring.Client.Publishing;

namespace Nexus.Coordinator.Sim.Chaos;

internal static class ChaosExtensions
{
    /// <summary>Puts what can disturb events between this process and its publisher, which must have been added before.</summary>
    public static void AddChaos(this IServiceCollection services)
    {
        var publisher = services.Last(service => service.ServiceType == typeof(IMonitoringPublisher));
        services.Remove(publisher);
        services.AddSingleton<SkewedClock>(provider => new SkewedClock(provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new DisturbedPublisher(
            (IMonitoringPublisher)publisher.ImplementationFactory!(provider),
            provider.GetRequiredService<SkewedClock>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IMonitoringPublisher>(provider => provider.GetRequiredService<DisturbedPublisher>());
    }
}
