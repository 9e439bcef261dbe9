using Microsoft.Extensions.Options;
using Nexus.Monitoring.Api.History.Reading;
using Nexus.Monitoring.Api.History.Sessions;
using Nexus.Monitoring.Api.History.Writing;
using Nexus.Monitoring.Api.Streaming;

namespace Nexus.Monitoring.Api.History;

internal static class HistoryExtensions
{
    /// <summary>Adds the history: what writes it, what shortens it and what answers from it.</summary>
    public static void AddHistory(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IValidateOptions<HistoryOptions>, HistoryOptionsValidator>();
        builder.Services.AddOptions<HistoryOptions>().BindConfiguration(HistoryOptions.SectionName).ValidateOnStart();
        builder.Services.AddSingleton<HistoryState>();
        builder.Services.AddSingleton(services => new HistoryStore(services.GetRequiredService<IOptions<HistoryOptions>>()));
        builder.Services.AddSingleton<DuckDbHistory>();
        builder.Services.AddSingleton<IEventHistory>(services => services.GetRequiredService<DuckDbHistory>());
        builder.Services.AddSingleton<HistorySessions>();
        builder.Services.AddSingleton<IOlderEntries, OlderHistory>();
        builder.Services.AddHostedService<HistoryWriter>();
        builder.Services.AddHostedService<HistoryRetention>();
        builder.Services.AddHostedService<HistoryHold>();
        builder.Services.AddHealthChecks().AddCheck<HistoryHealthCheck>("history");
    }
}
