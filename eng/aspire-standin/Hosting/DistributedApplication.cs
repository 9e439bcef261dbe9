using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Running;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

public class DistributedApplication : IHost, IAsyncDisposable
{
    private readonly IHost _host;
    private readonly EntryPointRun? _entryPoint;

    internal DistributedApplication(IHost host, EntryPointRun? entryPoint)
    {
        _host = host;
        _entryPoint = entryPoint;
        ResourceNotifications = host.Services.GetRequiredService<ResourceNotificationService>();
    }

    public IServiceProvider Services => _host.Services;

    public ResourceNotificationService ResourceNotifications { get; }

    public static IDistributedApplicationBuilder CreateBuilder(string[] args) => CreateBuilder(new DistributedApplicationOptions { Args = args });

    public static IDistributedApplicationBuilder CreateBuilder(DistributedApplicationOptions options)
    {
        if (EntryPointRun.Current is null)
        {
            Failure.ReportInOneSentence();
        }

        return new DistributedApplicationBuilder(options, Assembly.GetEntryAssembly());
    }

    public void Run() => RunAsync().GetAwaiter().GetResult();

    public virtual async Task RunAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            await _host.StartAsync(cancellationToken);
            _entryPoint?.OnStarted();
            await _host.WaitForShutdownAsync(cancellationToken);
            if (_entryPoint is null && Services.GetRequiredService<Orchestrator>().Failure is not null)
            {
                Environment.ExitCode = 1;
            }
        }
        finally
        {
            if (_entryPoint is null)
            {
                await DisposeAsync();
            }
        }
    }

    /// <summary>In a test the entry point's own <see cref="Run"/> starts the resources; this waits until it has.</summary>
    public virtual Task StartAsync(CancellationToken cancellationToken = default) =>
        _entryPoint is null ? _host.StartAsync(cancellationToken) : _entryPoint.Started.WaitAsync(cancellationToken);

    public virtual async Task StopAsync(CancellationToken cancellationToken = default)
    {
        Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        await _host.StopAsync(cancellationToken);
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_entryPoint is not null)
        {
            await StopAsync();
            await _entryPoint.Ended;
        }

        await ((IAsyncDisposable)_host).DisposeAsync();
    }

    public virtual void Dispose()
    {
        GC.SuppressFinalize(this);
        DisposeAsync().AsTask().GetAwaiter().GetResult();
    }
}
