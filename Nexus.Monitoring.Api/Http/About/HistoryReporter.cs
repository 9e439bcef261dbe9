using Microsoft.Extensions.Options;
using Nexus.Monitoring.Api.History;
using Nexus.Monitoring.Api.History.Storage;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Contracts.About;

namespace Nexus.Monitoring.Api.Http.About;

internal sealed class HistoryReporter(IEventHistory history, HistoryState state, LogFeed feed, IOptions<HistoryOptions> settings)
{
    public async Task<HistoryReport> ReportAsync(CancellationToken cancellationToken)
    {
        var options = settings.Value;
        if (!options.IsKept)
        {
            return new HistoryReport(false, null, null, null, null, null, null, null, null, null, null, null, null);
        }

        var (facts, problem) = await ReadAsync(cancellationToken);
        var path = Path.GetFullPath(options.Path);
        return new HistoryReport(
            true, state.Problem ?? problem, path, facts?.Database, facts is null ? null : HistorySchema.Version, facts?.Events,
                SizeOf(path),
            facts?.UsedBytes, options.MaxSizeBytes > 0 ? options.MaxSizeBytes : null,
            options.MaxAge > TimeSpan.Zero ? options.MaxAge.TotalSeconds : null,
            facts is null ? null : state.Floor.ToString(), facts is null ? null : state.Head.ToString(),
            facts is null ? null : Math.Round(Math.Max(0, (feed.Ring.Head.Position.Time - state.Head.Time).TotalSeconds), 3));
    }

    private async Task<(HistoryFacts? Facts, string? Problem)> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await history.FactsAsync(cancellationToken), null);
        }
        catch (Exception error) when (error is HistoryUnavailableException or TimeoutException)
        {
            return (null, error.Message);
        }
    }

    private static long? SizeOf(string path)
    {
        var (file, beside) = (new FileInfo(path), new FileInfo(path + ".wal"));
        return file.Exists ? file.Length + (beside.Exists ? beside.Length : 0) : null;
    }
}
