using Nexus.Monitoring.Contracts.State;
using Nexus.Monitoring.Web.Charts;

namespace Nexus.Monitoring.Web.Board;

/// <summary>Turns the live state into what the dashboard shows, for one project or for all. Not thread-safe, as the state is not.</summary>
internal sealed class BoardBuilder
{
    private const int MaxMarks = 4;

    /// <summary>Percentiles of run time and of wait time for all and per project; the state bounds the number of projects.</summary>
    private readonly Dictionary<string, (PercentileSeries Run, PercentileSeries Wait)> _percentiles = new(StringComparer.Ordinal);

    public BoardModel Build(LiveState state, BoardHistory history, string? project, DateTimeOffset now)
    {
        var figures = project is null ? state.All : state.Project(project) ?? new ProjectState { ProjectId = project };
        var all = new Timeline(state.All.Series, now);
        var own = project is null ? all : new Timeline(figures.Series, now);
        var percentiles = Percentiles(project ?? "");
        var (runTimes, waitTimes) = (percentiles.Run.Points(own), percentiles.Wait.Points(own));
        var marks = Marks(state, project, all.Start);
        var workers = RowBuilder.Workers(state, project, now);
        var runs = RowBuilder.Runs(state, history, project, now);
        var failures = RowBuilder.Failures(state, history, project, now);
        var queueByType = ChartBuilder.QueueByType(all, marks);
        var window = figures.Series.Sum(all.Start, now + LiveSeries.Resolution);
        return new BoardModel
        {
            At = now,
            Projects = [.. state.Projects.Select(entry => entry.ProjectId!).Order(StringComparer.Ordinal)],
            Totals = new BoardTotals(
                runs.Count(run => run.EndedAt is null),
                figures.Tasks.Open,
                workers.Count(row => row.Standing is WorkerStanding.Busy or WorkerStanding.Idle),
                workers.Count(row => row.Standing is not WorkerStanding.Stopped),
                window.Failed + window.Retried + window.Orphaned),
            Attention = AttentionBuilder.Build(state, history, figures, failures, project, now),
            Cards =
            [
                CardBuilder.Workers(state, all, project, workers),
                CardBuilder.QueueDepth(state, all, figures, project),
                CardBuilder.Throughput(own, project),
                CardBuilder.ErrorRate(own, project),
                CardBuilder.Percentile("Wait time p95", "wait", waitTimes, project, "nothing began in 2 min"),
                CardBuilder.Percentile("Run time p95", "run", runTimes, project, "nothing completed in 2 min"),
            ],
            QueueByType = queueByType,
            QueueByPriority = ChartBuilder.QueueByPriority(all, marks),
            RunTime = ChartBuilder.Times("Run time of successful attempts", runTimes, marks),
            WaitTime = ChartBuilder.Times("Wait time of attempts that began", waitTimes, marks),
            Throughput = ChartBuilder.Throughput(own, marks),
            ErrorRate = ChartBuilder.ErrorRate(own, marks),
            Runs = runs,
            Workers = workers,
            Demand = DemandBuilder.Build(state, history, project, queueByType, now),
            Failures = failures,
        };
    }

    /// <summary>After the state was replaced: nothing computed from the old one may remain.</summary>
    public void Clear() => _percentiles.Clear();

    private (PercentileSeries Run, PercentileSeries Wait) Percentiles(string key)
    {
        if (!_percentiles.TryGetValue(key, out var series))
        {
            if (_percentiles.Count > new LiveStateLimits().Projects)
            {
                _percentiles.Clear();
            }

            _percentiles.Add(key, series = (new PercentileSeries(bucket => bucket.RunTime),
                new PercentileSeries(bucket => bucket.WaitTime)));
        }

        return series;
    }

    private static IReadOnlyList<ChartMark> Marks(LiveState state, string? project, DateTimeOffset start) =>
    [
        .. state.GoneWorkers
            .TakeWhile(worker => worker.EndedAt >= start)
            .Where(worker => worker.Status == WorkerStatus.Lost && (project is null || worker.ProjectId == project))
            .Take(MaxMarks)
            .Select(worker => new ChartMark(worker.EndedAt!.Value, $"worker {worker.WorkerId} lost", "--nx-st-orphaned-fill")),
    ];
}
