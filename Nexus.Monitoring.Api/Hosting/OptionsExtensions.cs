using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Nexus.Monitoring.Api.Hosting;

internal static class OptionsExtensions
{
    public static void AddMonitoringApiOptions(this IHostApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<IValidateOptions<MonitoringApiOptions>, MonitoringApiOptionsValidator>();
        builder.Services.AddOptions<MonitoringApiOptions>().BindConfiguration(MonitoringApiOptions.SectionName).ValidateOnStart();
    }
}
