namespace Aspire.Hosting;

public class DistributedApplicationExecutionContext
{
    private IServiceProvider? _services;

    public bool IsRunMode { get; } = true;

    public bool IsPublishMode => !IsRunMode;

    public IServiceProvider ServiceProvider
    {
        get => _services ?? throw new InvalidOperationException("There are no services before the application is built.");
        internal set => _services = value;
    }
}
