using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>
/// Runs the AppHost's own entry point on a thread of its own, held where it builds, so that a test can change the builder first.
/// </summary>
internal sealed class EntryPointRun(string[] args, Action<DistributedApplicationOptions, HostApplicationBuilderSettings>? configureBuilder)
{
    private static readonly AsyncLocal<EntryPointRun?> Running = new();

    private readonly TaskCompletionSource<DistributedApplicationBuilder> _building = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<DistributedApplication> _built = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<bool> _mayBuild = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Assembly? _assembly;

    public static EntryPointRun? Current => Running.Value;

    public Task Started => _started.Task;

    public Task Ended => _ended.Task;

    public Task<DistributedApplicationBuilder> StartAsync(Assembly assembly, CancellationToken cancellationToken)
    {
        _assembly = assembly;
        var entryPoint = assembly.EntryPoint ?? throw new InvalidOperationException($"{assembly.GetName().Name} has no entry point.");
        new Thread(() => Run(entryPoint)) { IsBackground = true, Name = $"{assembly.GetName().Name}.EntryPoint" }.Start();
        return _building.Task.WaitAsync(cancellationToken);
    }

    public Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken)
    {
        _mayBuild.TrySetResult(true);
        return _built.Task.WaitAsync(cancellationToken);
    }

    public async ValueTask AbandonAsync()
    {
        _mayBuild.TrySetResult(false);
        if (_built.Task.IsCompletedSuccessfully)
        {
            await (await _built.Task).DisposeAsync();
        }
    }

    /// <summary>The defaults of a test: its own ports, no dashboard; the test has the last word.</summary>
    public void Configure(DistributedApplicationOptions options, HostApplicationBuilderSettings settings)
    {
        options.Args = settings.Args = [.. settings.Args ?? [], .. args];
        options.AssemblyName = settings.ApplicationName = _assembly?.GetName().Name;
        options.DisableDashboard = true;
        settings.EnvironmentName = Environments.Development;
        settings.Configuration ??= new();
        settings.Configuration.AddInMemoryCollection([new("DcpPublisher:RandomizePorts", "true")]);
        configureBuilder?.Invoke(options, settings);
    }

    public void OnBuilding(DistributedApplicationBuilder builder)
    {
        _building.TrySetResult(builder);
        if (!_mayBuild.Task.GetAwaiter().GetResult())
        {
            throw new OperationCanceledException("The test ended without building the application.");
        }
    }

    public void OnBuilt(DistributedApplication application) => _built.TrySetResult(application);

    public void OnStarted() => _started.TrySetResult();

    private void Run(MethodInfo entryPoint)
    {
        Running.Value = this;
        try
        {
            entryPoint.Invoke(null, BindingFlags.DoNotWrapExceptions, null, entryPoint.GetParameters().Length == 0 ? [] : [args], null);
            End(new InvalidOperationException("The entry point ended without building and running an application."));
        }
#pragma warning disable CA1031 // Whatever the AppHost throws is the test's to see
        catch (Exception exception)
#pragma warning restore CA1031
        {
            End(exception);
        }
    }

    private void End(Exception reason)
    {
        _building.TrySetException(reason);
        _built.TrySetException(reason);
        _started.TrySetException(reason);
        _ended.TrySetResult();
    }
}
