using DuckDB.NET.Data;
using Microsoft.Extensions.Options;
using Nexus.Monitoring.Api.History.Sessions;
using Nexus.Monitoring.Api.History.Storage;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.Frames;
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
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(2);

    private readonly WakeSignal _wake = new();

    /// <summary>Read, not yet committed; at most as many as a commit takes and one batch of the reader more.</summary>
    private readonly List<LogEntry> _pending = [];

    private readonly List<GapFrame> _gaps = [];
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
        _pending.Clear();
        _gaps.Clear();
        _isSetBack = false;
        var reader = head == LogPosition.Start
            ? context.NewReader(EventFilter.All, head)
            : context.NewReader(new StreamRequest(EventFilter.All, head));
        var begun = context.Time.GetTimestamp();
        while (!cancellationToken.IsCancellationRequested)
        {
            var step = await reader.NextAsync(cancellationToken);
            if (_pending.Count == 0)
            {
                begun = context.Time.GetTimestamp();
            }

            if (step.Kind == ReaderStepKind.Batch)
            {
                _pending.AddRange(step.Entries!);
            }
            else if (step.Kind == ReaderStepKind.Gap)
            {
                _gaps.Add(step.Gap!);
            }

            while (_pending.Count >= options.Value.CommitEvents)
            {
                CommitFirst(options.Value.CommitEvents, connection, memory);
                begun = context.Time.GetTimestamp();
            }

            var isDue = _pending.Count > 0 && context.Time.GetElapsedTime(begun) >= options.Value.CommitInterval;
            if (isDue || _gaps.Count > 0)
            {
                Commit(connection, memory, reader.Position);
            }
            else if (step.Kind == ReaderStepKind.Idle)
            {
                TellWhetherTheLogIsSetBack(reader.Position);
                await _wake.WaitAsync();
            }
        }

        if (_pending.Count > 0)
        {
            Commit(connection, memory, reader.Position);
        }
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

    /// <summary>Exactly so many, because they are compressed with others of one transaction; the few that follow are for the next one.</summary>
    private void CommitFirst(int count, DuckDBConnection connection, WriterMemory memory)
    {
        var rest = _pending[count..];
        _pending.RemoveRange(count, rest.Count);
        Commit(connection, memory, _pending[^1].Position);
        _pending.AddRange(rest);
    }

    private void Commit(DuckDBConnection connection, WriterMemory memory, LogPosition upto)
    {
        var began = context.Time.GetTimestamp();
        int written;
        LogPosition? floor = null;
        using (var transaction = connection.BeginTransaction())
        {
            using (var appender = new EventAppender(connection, memory))
            {
                written = appender.Append(_pending);
                appender.Close();
            }

            memory.Minutes.Write(connection, (long)upto.Milliseconds);
            foreach (var gap in _gaps)
            {
                floor = Write(connection, gap) ?? floor;
            }

            connection.Execute(
                "UPDATE progress SET head_ms = $ms, head_seq = $seq",
                new DuckDBParameter("ms", upto.Milliseconds), new DuckDBParameter("seq", upto.Sequence));
            transaction.Commit();
        }

        state.RaiseFloor(floor ?? LogPosition.Start);
        state.Advance(upto);
        context.Metrics.HistoryWritten(written, context.Time.GetElapsedTime(began));
        _pending.Clear();
        _gaps.Clear();
    }

    /// <summary>What was gone before history began is no gap in it: it begins after that.</summary>
    /// <returns>Where history begins, when that has changed.</returns>
    private static LogPosition? Write(DuckDBConnection connection, GapFrame gap)
    {
        if (gap.After == LogPosition.Start)
        {
            connection.Execute(
                "UPDATE retention SET floor_ms = $ms, floor_seq = $seq",
                new DuckDBParameter("ms", gap.Upto.Milliseconds), new DuckDBParameter("seq", gap.Upto.Sequence));
            return gap.Upto;
        }

        connection.Execute(
            "INSERT INTO gaps VALUES ($after_ms, $after_seq, $upto_ms, $upto_seq, $reason)",
            new DuckDBParameter("after_ms", gap.After.Milliseconds), new DuckDBParameter("after_seq", gap.After.Sequence),
            new DuckDBParameter("upto_ms", gap.Upto.Milliseconds), new DuckDBParameter("upto_seq", gap.Upto.Sequence),
            new DuckDBParameter("reason", gap.Reason));
        return null;
    }
}
