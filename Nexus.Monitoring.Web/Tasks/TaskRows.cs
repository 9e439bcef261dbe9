using Nexus.Monitoring.Contracts.History;
using Nexus.Monitoring.Web.Api;

namespace Nexus.Monitoring.Web.Tasks;

/// <summary>
/// The rows of one list of tasks, read from whichever end is nearer: who drags to the end of a long list gets its last part, not all that is before
/// it. For one viewer; not thread-safe.
/// </summary>
internal sealed class TaskRows : IDisposable
{
    /// <summary>Who looks further on than this has not scrolled but jumped.</summary>
    private const int Near = 2_000;

    private readonly PagedList<TaskRow, string?> _first;
    private readonly PagedList<TaskRow, string?> _last;
    private TaskPages? _pages;
    private bool _isFar;

    /// <param name="changed">There is more to show, or a reason why not.</param>
    public TaskRows(Action changed)
    {
        _first = new((cursor, _, token) => _pages!.ReadAsync(cursor, _isFar, token), changed);
        _last = new((cursor, _, token) => _pages!.ReadBackAsync(cursor, _isFar, token), changed);
    }

    /// <summary>Rows from the first on that are known.</summary>
    public int Count => _first.Count;

    /// <summary>Rows that there are to scroll through.</summary>
    public int Length => (int)Math.Min(
        IsAtEnd || (Problem is not null && _last.Count == 0) ? Count : Math.Max(Count, Total), TaskPages.MaxRows);

    public bool HasBegun => _first.HasBegun;

    public bool IsAtEnd => _first.IsAtEnd;

    public bool IsReading => _first.IsReading || _last.IsReading;

    /// <summary>Why it does not go on.</summary>
    public ApiProblemException? Problem => _first.Problem ?? _last.Problem;

    private long Total => _pages?.Total ?? 0;

    /// <summary>Begins anew, with nothing read.</summary>
    public void Begin(TaskPages pages)
    {
        _pages = pages;
        _first.Begin(null);
        _last.Begin(null);
    }

    /// <summary>Begins anew with a part that was read already, so that nothing flickers.</summary>
    public void Begin(ListPart<TaskRow, string?> first)
    {
        _first.Begin(null, first);
        _last.Begin(null);
    }

    /// <summary>Puts newer values in the place of what is in memory; nothing moves.</summary>
    public void Update(Func<TaskRow, TaskRow> newer)
    {
        _first.Update(newer);
        _last.Update(newer);
    }

    /// <summary>Goes on after a problem.</summary>
    public void TryAgain()
    {
        if (_last.Problem is not null)
        {
            _last.TryAgain();
        }

        if (_first.Problem is not null)
        {
            _first.TryAgain();
        }
    }

    /// <summary>Rows from <paramref name="start"/> on, as many as are at hand.</summary>
    public IReadOnlyList<TaskRow> Rows(int start, int count)
    {
        var rows = _first.Rows(start, count);
        var from = start + rows.Count;
        var end = (int)Math.Min(start + count, Total);
        if (from >= end || from < _first.Count || _last.Count == 0)
        {
            return rows;
        }

        // The last row of the list is the first of those that were read from its end.
        var back = _last.Rows((int)Total - end, end - from);
        return back.Count == end - from ? [.. rows, .. back.Reverse()] : rows;
    }

    /// <summary>Sees to it that these are read; what is read meanwhile shows at once.</summary>
    public void Want(int start, int count)
    {
        var end = (int)Math.Min(start + count, Total);
        _isFar = start > _first.Count + Near;
        // Beyond the most rows that a list shows its end is not the end of what it shows.
        if (_isFar && !_first.IsAtEnd && Total <= TaskPages.MaxRows && Total - end < start - _first.Count)
        {
            _isFar = Total - end > _last.Count + Near;
            _first.Want(0, 0);
            _last.Want((int)Total - end, end - start);
        }
        else
        {
            _last.Want(0, 0);
            _first.Want(start, count);
        }
    }

    public void Dispose()
    {
        _first.Dispose();
        _last.Dispose();
    }
}
