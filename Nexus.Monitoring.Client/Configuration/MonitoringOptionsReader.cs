using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Nexus.Monitoring.Client.Configuration;

/// <summary>Reads the section and the environment variables below it. What cannot be read stops the start, all of it at once.</summary>
internal sealed class MonitoringOptionsReader(IConfiguration configuration) : IConfigureOptions<MonitoringOptions>
{
    public void Configure(MonitoringOptions options)
    {
        List<string> problems = [];
        foreach (var setting in MonitoringSettings.All)
        {
            if (setting.Find(configuration) is var (key, value) && !setting.TryApply(options, value))
            {
                problems.Add(setting.Refuse(key, value));
            }
        }

        if (problems.Count > 0)
        {
            throw new OptionsValidationException(Options.DefaultName, typeof(MonitoringOptions), problems);
        }
    }
}
