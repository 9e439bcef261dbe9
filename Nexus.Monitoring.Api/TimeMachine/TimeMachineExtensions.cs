using Microsoft.Extensions.Options;
using Nexus.Monitoring.Api.TimeMachine.Checkpoints;

namespace Nexus.Monitoring.Api.TimeMachine;

internal static class TimeMachineExtensions
{
    /// <summary>Adds checkpoints, jumps to any instant, and replays.</summary>
    public static void AddTimeMachine(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IValidateOptions<TimeMachineOptions>, TimeMachineOptionsValidator>();
        builder.Services.AddOptions<TimeMachineOptions>().BindConfiguration(TimeMachineOptions.SectionName).ValidateOnStart();
        builder.Services.AddSingleton<CheckpointStore>();
        builder.Services.AddSingleton<HistoryPages>();
        builder.Services.AddSingleton<LogFolding>();
        builder.Services.AddSingleton<StateJumps>();
        builder.Services.AddSingleton<StateAnswers>();
        builder.Services.AddSingleton<CheckpointBuilder>();
        builder.Services.AddHostedService(services => services.GetRequiredService<CheckpointBuilder>());
    }
}
