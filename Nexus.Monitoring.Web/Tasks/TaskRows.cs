using Nexus.Monitoring.Contracts.History;
using Nexus.Monitoring.Web.Api;

namespace Nexus.Monitoring.Web.Tasks;

/// <summary>
/// The rows of one list of tasks, read from where somebody looks: from its beginning, from its end, or both ways from a place in between that was
/// jumped to. Nothing is read of what lies before it. For one viewer; not thread-safe.
/// </summary>
internal sealed class TaskRows : IDisposable
{
    /// <summary>Who looks further on than this has not scrolled but jumped.</summary>
    private const int Near = 1_000;

    /// <summary>Rows that are read before somebody who scrolls comes to them.</summary>
    private const int Ahead = 250;

    private readonly PagedList<TaskRow, string?> _first;
    private readonly PagedList<TaskRow, string?> _last;

    /// <summary>From the row on that was jumped to, and back from it.</summary>
    private readonly PagedList<TaskRow, string?> _after;
    private readonly PagedList<TaskRow, string?> _before;
    private readonly PagedList<TaskRow, string?>[] _lists;
    private TaskPages? _pages;
    private int? _jump;

    /// <param name="changed">There is more to show, or a reason why not.</param>
    public TaskRows(Action changed)
    {
        _first = new((cursor, _, token) => _pages!.ReadAsync(cursor, token), changed);
        _last = new((cursor, _, token) => _pages!.ReadBackAsync(cursor, token), changed);
        _after = new((cursor, _, token) => cursor is null ? ReadJumpAsync(token) : _pages!.ReadAsync(cursor, token), changed);
        _before = new((cursor, _, token) => _pages!.ReadBackAsync(cursor, token), changed);
        _lists = [_first, _last, _after, _before];
    }

    /// <summary>Rows from the first on that are known.</summary>
    public int Count => _first.Count;

    /// <summary>Rows that there are to scroll through.</summary>
    public int Length => (int)Math.Min(
        IsAtEnd || (Problem is not null && _last.Count == 0) ? Count : Math.Max(Count, Total), TaskPages.MaxRows);

    public bool HasBegun => _first.HasBegun;

    public bool IsAtEnd => _first.IsAtEnd;

    public bool IsReading => _lists.Any(list => list.IsReading);

    /// <summary>Why it does not go on.</summary>
    public ApiProblemException? Problem => _lists.Select(list => list.Problem).FirstOrDefault(problem => problem is not null);

    private long Total => _pages?.Total ?? 0;

    /// <summary>Begins anew, with nothing read.</summary>
    public void Begin(TaskPages pages)
    {
        _pages = pages;
        _first.Begin(null);
        Forget();
    }

    /// <summary>Begins anew with a part that was read already, so that nothing flickers.</summary>
    public void Begin(ListPart<TaskRow, string?> first)
    {
        _first.Begin(null, first);
        Forget();
    }

    /// <summary>Puts newer values in the place of what is in memory; nothing moves.</summary>
    public void Update(Func<TaskRow, TaskRow> newer) => Array.ForEach(_lists, list => list.Update(newer));

    /// <summary>Goes on after a problem.</summary>
    public void TryAgain()
    {
        foreach (var list in _lists.Where(list => list.Problem is not null))
        {
            list.TryAgain();
        }
    }

    /// <summary>Rows from <paramref name="start"/> on, as many as are at hand.</summary>
    public IReadOnlyList<TaskRow> Rows(int start, int count)
    {
        var rows = new List<TaskRow>();
        while (rows.Count < count && Part(start + rows.Count, count - rows.Count) is { Count: > 0 } part)
        {
            rows.AddRange(part);
        }

        return rows;
    }

    /// <summary>Sees to it that these are read; what is read meanwhile shows at once.</summary>
    public void Want(int start, int count)
    {
        var end = (int)Math.Min(start + count, Total);
        var isFar = start > _first.Count + Near && !_first.IsAtEnd;
        // Beyond the most rows that a list shows its end is not the end of what it shows.
        var isLast = isFar && Total <= TaskPages.MaxRows && Total - end <= _last.Count + Near;
        var isBetween = isFar && !isLast;
        Want(_first, !isFar, start, count);
        Want(_last, isLast, (int)Total - end, end - start);
        if (isBetween && !(start >= _jump - _before.Count - Near && end <= _jump + _after.Count + Near))
        {
            _jump = start;
            _after.Begin(null);
            _before.Begin(null);
        }

        Want(_after, isBetween && end > _jump, start - (_jump ?? 0), count);
        Want(_before, isBetween && start < _jump && _before.From is not null, (_jump ?? 0) - end, count);
    }

    public void Dispose() => Array.ForEach(_lists, list => list.Dispose());

    private static void Want(PagedList<TaskRow, string?> list, bool isWanted, int start, int count)
    {
        var from = Math.Max(0, start);
        list.Want(isWanted ? from : 0, isWanted ? start + count - from + (from > 0 ? Ahead : 0) : 0);
    }

    private void Forget()
    {
        _jump = null;
        _last.Begin(null);
        _after.Begin(null);
        _before.Begin(null);
    }

    private async Task<ListPart<TaskRow, string?>> ReadJumpAsync(CancellationToken cancellationToken)
    {
        var (part, previous) = await _pages!.ReadAtAsync(_jump ?? 0, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        if (_before.From is null)
        {
            _before.Begin(previous);
        }

        return part;
    }

    /// <summary>The same from one of the lists.</summary>
    private IReadOnlyList<TaskRow> Part(int start, int count) =>
        start < _first.Count ? _first.Rows(start, count)
        : start >= _jump && start < _jump + _after.Count ? _after.Rows(start - _jump.Value, count)
        : start < _jump && start >= _jump - _before.Count ? Back(_before, _jump.Value, start, count)
        : start >= Total - _last.Count ? Back(_last, (int)Total, start, count)
        : [];

    /// <summary>From a list whose first row is the one before <paramref name="end"/>.</summary>
    private static IReadOnlyList<TaskRow> Back(PagedList<TaskRow, string?> list, int end, int start, int count)
    {
        var wanted = Math.Min(count, end - start);
        var rows = list.Rows(end - start - wanted, wanted);
        return rows.Count == wanted ? [.. rows.Reverse()] : [];
    }
}
