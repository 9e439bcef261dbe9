using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Web.Api;

namespace Nexus.Monitoring.Web.Events;

/// <summary>
/// The stored part of one viewer's list, newest first, read page by page as far as somebody scrolls. Positions never change, so a page that
/// was let go can be read again and is the same: only some are kept. Not thread-safe; lives on the circuit's own context.
/// </summary>
/// <param name="read">The newest matching events up to a position; null for the newest of all.</param>
/// <param name="changed">There is more to show, or a reason why not.</param>
/// <param name="keptPages">Pages whose events are in memory.</param>
internal sealed class StoredEvents(Func<LogPosition?, CancellationToken, Task<EventsFrame>> read, Action changed, int keptPages = StoredEvents.DefaultKeptPages)
    : IDisposable
{
    public const int DefaultKeptPages = 40;

    /// <summary>The history is about a second behind the log: what it does not have yet is asked for again.</summary>
    private const int CatchUpAttempts = 10;

    private static readonly TimeSpan CatchUpDelay = TimeSpan.FromMilliseconds(400);
    private readonly List<Page> _pages = [];
    private CancellationTokenSource _reading = new();
    private (int Start, int End) _wanted;
    private bool _isReading;
    private long _turn;

    /// <summary>Events known so far.</summary>
    public int Count { get; private set; }

    /// <summary>Whether there is nothing older.</summary>
    public bool IsAtEnd { get; private set; }

    public bool IsReading => _isReading;

    /// <summary>Why it does not go on.</summary>
    public ApiProblemException? Problem { get; private set; }

    /// <summary>Everything before this position was not looked at yet.</summary>
    public LogPosition? Reached => _pages is [.., var last] ? last.After : null;

    /// <summary>Where the stored part begins; its events are at this position or before.</summary>
    public LogPosition? From { get; private set; }

    /// <summary>Begins anew.</summary>
    /// <param name="from">The newest position that belongs to it; null for the newest of all.</param>
    public void Begin(LogPosition? from)
    {
        _reading.Cancel();
        _reading.Dispose();
        _reading = new CancellationTokenSource();
        _pages.Clear();
        (From, Count, IsAtEnd, Problem, _isReading, _wanted) = (from, 0, false, null, false, default);
    }

    /// <summary>Goes on after a problem.</summary>
    public void TryAgain()
    {
        Problem = null;
        Want(_wanted.Start, Math.Max(1, _wanted.End - _wanted.Start));
    }

    /// <summary>Events from <paramref name="start"/> on, as many as are at hand.</summary>
    public IReadOnlyList<MonitoringEvent> Rows(int start, int count)
    {
        var rows = new List<MonitoringEvent>(Math.Max(0, count));
        var first = 0;
        foreach (var page in _pages)
        {
            for (var i = Math.Max(0, start + rows.Count - first); i < page.Count && rows.Count < count && start + rows.Count >= first; i++)
            {
                if (page.Events is null)
                {
                    return rows;
                }

                page.UsedAt = ++_turn;
                rows.Add(page.Events[^(i + 1)]);
            }

            first += page.Count;
        }

        return rows;
    }

    /// <summary>Sees to it that these are read; what is read meanwhile shows at once.</summary>
    public void Want(int start, int count)
    {
        _wanted = (start, start + count);
        if (!_isReading && Problem is null && Missing() is not null)
        {
            _ = ReadAsync(_reading.Token);
        }
    }

    public void Dispose()
    {
        _reading.Cancel();
        _reading.Dispose();
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        _isReading = true;
        try
        {
            while (Missing() is { } missing)
            {
                await (missing.Page is { } known ? ReadAgainAsync(known, cancellationToken) : ReadOlderAsync(cancellationToken));
                Forget();
                changed();
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return;
        }
        catch (ApiProblemException problem)
        {
            Problem = problem;
        }

        if (!cancellationToken.IsCancellationRequested)
        {
            _isReading = false;
            changed();
        }
    }

    /// <summary>A page that was let go, or none for the next older one; null when nothing is missing.</summary>
    private (Page? Page, bool IsOlder)? Missing()
    {
        var first = 0;
        foreach (var page in _pages)
        {
            if (page.Events is null && first < _wanted.End && first + page.Count > _wanted.Start)
            {
                return (page, false);
            }

            first += page.Count;
        }

        return !IsAtEnd && Count < _wanted.End ? (null, true) : null;
    }

    private async Task ReadOlderAsync(CancellationToken cancellationToken)
    {
        var upto = _pages is [.., var last] ? last.After : From;
        var frame = await read(upto, cancellationToken);
        for (var attempt = 1; _pages.Count == 0 && upto > frame.Upto; attempt++)
        {
            if (attempt > CatchUpAttempts)
            {
                throw new ApiProblemException($"The history is behind: it goes up to {Formatting.Times.Clock(frame.Upto.Time)} UTC.");
            }

            await Task.Delay(CatchUpDelay, cancellationToken);
            frame = await read(upto, cancellationToken);
        }

        cancellationToken.ThrowIfCancellationRequested();
        _pages.Add(new Page(upto ?? frame.Upto, frame.After, frame.Events.Count) { Events = frame.Events, UsedAt = ++_turn });
        Count += frame.Events.Count;
        IsAtEnd = frame.After >= (upto ?? frame.Upto) || frame.After >= frame.Upto;
    }

    /// <summary>A search may stop sooner than the one before, so it goes on until it has come as far.</summary>
    private async Task ReadAgainAsync(Page page, CancellationToken cancellationToken)
    {
        var parts = new Stack<IReadOnlyList<MonitoringEvent>>();
        var upto = page.Upto;
        while (upto > page.After)
        {
            var frame = await read(upto, cancellationToken);
            parts.Push([.. frame.Events.Where(entry => !LogPosition.TryParse(entry.Cursor, out var at) || at > page.After)]);
            if (frame.After >= upto)
            {
                break;
            }

            upto = frame.After;
        }

        cancellationToken.ThrowIfCancellationRequested();
        page.Events = [.. parts.SelectMany(part => part)];
        // What the retention deleted meanwhile is gone.
        Count += page.Events.Count - page.Count;
        page.Count = page.Events.Count;
        page.UsedAt = ++_turn;
    }

    private void Forget()
    {
        var inMemory = _pages.Where(page => page.Events is not null).ToList();
        foreach (var page in inMemory.OrderBy(page => page.UsedAt).Take(inMemory.Count - keptPages))
        {
            page.Events = null;
        }
    }

    private sealed class Page(LogPosition upto, LogPosition after, int count)
    {
        public LogPosition Upto => upto;

        public LogPosition After => after;

        public int Count { get; set; } = count;

        /// <summary>In the log's order; null when they were let go.</summary>
        public IReadOnlyList<MonitoringEvent>? Events { get; set; }

        public long UsedAt { get; set; }
    }
}
