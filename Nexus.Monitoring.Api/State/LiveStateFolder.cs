using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Api.TimeMachine;
using Nexus.Monitoring.Api.TimeMachine.Checkpoints;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.State;

namespace Nexus.Monitoring.Api.State;

/// <summary>
/// Folds the log into the live state, as a reader like any other: from the newest checkpoint, else from the oldest entry kept, to the head, and on.
/// </summary>
internal sealed class LiveStateFolder(SessionContext context, LiveStateView view, CheckpointStore checkpoints, ILogger<LiveStateFolder> logger)
    : BackgroundService
{
    /// <summary>Value of the metric tag <c>kind</c>.</summary>
    private const string NotFolded = "not_folded";

    private readonly WakeSignal _wake = new();
    private LogReader _reader = null!;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Putting a large state together takes a while, and the host waits for nobody.
        await Task.Yield();
        _reader = FromTheNewestCheckpoint() ?? FromTheBeginning();
        var cohort = context.Feed.Join(EventFilter.All, _wake);
        await using var stop = stoppingToken.Register(_wake.Set);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await StepAsync(stoppingToken);
            }
            catch (LogAwayException)
            {
                // The tail says so where it matters; reading goes on once the log is back.
                await Task.Delay(context.Options.LogPollInterval, context.Time, stoppingToken)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
        }

        context.Feed.Leave(cohort, _wake);
    }

    private async ValueTask StepAsync(CancellationToken cancellationToken)
    {
        var step = await _reader.NextAsync(cancellationToken);
        switch (step.Kind)
        {
            case ReaderStepKind.Batch when step.Entries is { Count: > 0 } entries:
                Fold(entries);
                break;
            case ReaderStepKind.Gap when step.Gap!.Reason == GapReasons.LogReset:
                view.Clear();
                _reader = FromTheBeginning();
                break;
            case ReaderStepKind.Idle:
                if (context.Feed.IsRead)
                {
                    view.SetReady();
                }

                await _wake.WaitAsync();
                break;
        }
    }

    /// <summary>A state that goes on where the node left off is the one that was seen before, also of what the log no longer holds.</summary>
    private LogReader? FromTheNewestCheckpoint()
    {
        FoldedState? folded = null;
        while (folded is null && checkpoints.Find(LogPosition.End) is { } newest)
        {
            folded = checkpoints.Load(newest);
        }

        if (folded is null)
        {
            return null;
        }

        view.Restore(folded.State);
        logger.LiveFromCheckpoint(folded.Position);
        return context.NewReader(new StreamRequest(EventFilter.All, folded.Position), SessionContext.PageLimits);
    }

    private LogReader FromTheBeginning() => context.NewReader(EventFilter.All, LogPosition.Start, SessionContext.PageLimits);

    private void Fold(List<LogEntry> entries) => view.Write(state =>
    {
        for (var i = 0; i < entries.Count; i++)
        {
            if (TakeDecoded(entries[i]) is { } monitoringEvent)
            {
                Fold(state, monitoringEvent, entries[i].Position);
            }
        }

        context.Feed.SetFolded(entries[^1]);
    });

    private static MonitoringEvent? TakeDecoded(LogEntry entry)
    {
        var read = entry.Read();
        entry.Decoded = null;
        return read;
    }

    /// <summary>An event that the reducer cannot take would otherwise stop every node, and again at each start.</summary>
    private void Fold(LiveState state, MonitoringEvent monitoringEvent, LogPosition position)
    {
        try
        {
            state.Apply(monitoringEvent, position);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            context.Metrics.Skipped(NotFolded);
            logger.NotFolded(position, monitoringEvent.EventType, error);
        }
    }
}
