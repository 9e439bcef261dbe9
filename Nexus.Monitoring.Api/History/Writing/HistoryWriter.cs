using Microsoft.Extensions.Options;
using Nexus.Monitoring.Api.History.Sessions;
using Nexus.Monitoring.Api.History.Storage;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.History.Writing;

/// <summary>
/// Writes the log into the database, as a reader like any other. Rows and the position up to which they go are one commit, so it goes on
/// exactly where it stopped, whatever stopped it. What goes wrong is shown by the health check and tried again from the last commit.
/// </summary>
internal sealed class HistoryWriter(
    SessionContext context,
    HistoryStore store,
    HistoryState state,
    HistorySessions sessions,
    IOptions<HistoryOptions> options,
    ILogger<HistoryWriter> logger) : BackgroundService
{
    /// <summary>
    /// So many times as long a batch may fill while what comes into it lies behind the ring: a full one is compressed once and written once,
    /// and nobody sees the newest events sooner for smaller ones.
    /// </summary>
    private const int PatienceBehind = 5;

    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(2);

    private readonly WakeSignal _wake = new();

    private bool _isSetBack;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.IsKept)
        {
            return;
        }

        var cohort = context.Feed.Join(EventFilter.All, _wake);
        await using var stop = stoppingToken.Register(_wake.Set);
        await using var tick = context.Time.CreateTimer(
            static signal => ((WakeSignal)signal!).Set(), _wake, options.Value.CommitInterval, options.Value.CommitInterval);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await WriteAsync(stoppingToken);
            }
            catch (LogAwayException)
            {
                // The tail says so where it matters.
                await PauseAsync(context.Options.LogPollInterval, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                Report(error as HistoryUnavailableException ?? HistoryProblems.Explain(error, Path.GetFullPath(options.Value.Path)));
                await PauseAsync(RetryDelay, stoppingToken);
            }
        }

        context.Feed.Leave(cohort, _wake);
        store.Close();
    }

    private async Task PauseAsync(TimeSpan delay, CancellationToken cancellationToken) =>
        await Task.Delay(delay, context.Time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private void Report(HistoryUnavailableException problem)
    {
        if (state.Problem != problem.Message)
        {
            logger.HistoryUnavailable(problem.Message);
        }

        state.SetProblem(problem.Message);
        store.Close();
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        var database = store.Open();
        using var connection = database.Connect();
        var memory = WriterMemory.From(connection);
        var head = state.Open(database.ReadProgress);
        sessions.RemoveLeftovers();
        logger.HistoryOpened(database.Path, head);
        _isSetBack = false;
        var reader = head == LogPosition.Start
            ? context.NewReader(EventFilter.All, head, SessionContext.PageLimits)
            : context.NewReader(new StreamRequest(EventFilter.All, head), SessionContext.PageLimits);
        var begun = context.Time.GetTimestamp();
        await using var commits = new BatchCommits(connection, memory, Committed);
        await using var steps = new StepsAhead(reader);
        while (!cancellationToken.IsCancellationRequested)
        {
            var step = await steps.NextAsync(cancellationToken);
            begun = commits.Filling.IsEmpty ? context.Time.GetTimestamp() : begun;
            foreach (var entry in step.Entries ?? [])
            {
                commits.Filling.Add(entry);
                if (commits.Filling.IsFull(options.Value.CommitEvents))
                {
                    await commits.BeginAsync(entry.Position);
                    begun = context.Time.GetTimestamp();
                }
            }

            if (step.Gap is { } gap)
            {
                commits.Filling.Add(gap);
            }

            var patience = step.Replayed > 0 ? PatienceBehind * options.Value.CommitInterval : options.Value.CommitInterval;
            var isDue = !commits.Filling.IsEmpty && context.Time.GetElapsedTime(begun) >= patience;
            if (isDue || commits.Filling.HasGaps)
            {
                await commits.BeginAsync(steps.Position);
            }
            else if (step.Kind == ReaderStepKind.Idle)
            {
                await commits.SettleAsync();
                TellWhetherTheLogIsSetBack(steps.Position);
                await _wake.WaitAsync();
            }
        }

        if (!commits.Filling.IsEmpty)
        {
            await commits.BeginAsync(steps.Position);
        }

        await commits.SettleAsync();
    }

    /// <summary>
    /// A log that ends before what is stored was set back, or is another one: nothing of it is written until it has passed that.
    /// </summary>
    private void TellWhetherTheLogIsSetBack(LogPosition stored)
    {
        var end = context.Feed.Ring.Head.Position;
        var isSetBack = context.Feed is { IsRead: true, Status.IsConnected: true } && end > LogPosition.Start && end < stored;
        if (isSetBack && !_isSetBack)
        {
            state.SetProblem(
                $"The log ends at {end.Time:u} and history goes up to {stored.Time:u}: the log was set back, or is another one. History is written again "
                + $"once the log has passed that; to begin anew, move {Path.GetFullPath(options.Value.Path)} away.");
            logger.HistoryUnavailable(state.Problem!);
        }
        else if (!isSetBack && _isSetBack)
        {
            state.ClearProblem();
        }

        _isSetBack = isSetBack;
    }

    private void Committed(HistoryBatch batch, LogPosition upto, LogPosition? floor, TimeSpan took)
    {
        state.RaiseFloor(floor ?? LogPosition.Start);
        state.Advance(upto);
        context.Metrics.HistoryWritten(batch.Count, took);
    }
}
