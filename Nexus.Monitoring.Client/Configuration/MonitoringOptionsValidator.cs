using Microsoft.Extensions.Options;

namespace Nexus.Monitoring.Client.Configuration;

/// <summary>Checks what the configuration and the code have made of the options.</summary>
internal sealed class MonitoringOptionsValidator : IValidateOptions<MonitoringOptions>
{
    public ValidateOptionsResult Validate(string? name, MonitoringOptions options)
    {
        List<string> problems = [];
        foreach (var setting in MonitoringSettings.All)
        {
            if (setting.Current(options) is { } value && !setting.TryApply(new MonitoringOptions(), value))
            {
                problems.Add(setting.Refuse(setting.Key, value));
            }
        }

        if (options.HeartbeatTtl <= options.HeartbeatInterval)
        {
            problems.Add(
                $"Monitoring:HeartbeatTtl is '{options.HeartbeatTtl}'; more than Monitoring:HeartbeatInterval ({options.HeartbeatInterval}) is allowed.");
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
