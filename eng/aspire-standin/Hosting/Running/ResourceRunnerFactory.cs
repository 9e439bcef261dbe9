using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Running;

internal sealed class ResourceRunnerFactory(
    DistributedApplicationModel model,
    DistributedApplicationExecutionContext executionContext,
    ResourceNotificationService notifications,
    HealthCheckService health,
    PortAllocator ports,
    ProcessGuard guard,
    IConfiguration configuration,
    IHostEnvironment environment,
    ILoggerFactory loggers)
{
    public ResourceRunner Create(IResource resource)
    {
        var logger = loggers.CreateLogger(environment.ApplicationName + ConsoleOutput.ResourceCategory + resource.Name);
        return new(resource, new(resource, model, executionContext), new(resource, health, configuration), notifications, ports, guard, logger);
    }
}
