namespace Nexus.Monitoring.Api.Streaming;

/// <summary>Ends all sessions when the host begins to stop, before the server waits for its open requests.</summary>
internal sealed class StreamShutdown(LogFeed feed, IHostApplicationLifetime lifetime) : IHostedService, IDisposable
{
    private CancellationTokenRegistration _registration;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _registration = lifetime.ApplicationStopping.Register(feed.Stop);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _registration.Dispose();
}
