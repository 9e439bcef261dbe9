namespace Nexus.Monitoring.Web.Api;

/// <summary>
/// One viewer's long list, read part by part as far as somebody scrolls. Parts are let go and read again, so that memory stays within a bound
/// however long the list is. Not thread-safe; lives on the circuit's own context.
/// </summary>
/// <param name="read">The part that begins at a place; when it is read again, up to the place where it ended.</param>
/// <param name="changed">There is more to show, or a reason why not.</param>
/// <param name="keptParts">Parts whose items are in memory.</param>
internal sealed class PagedList<TItem, TPlace>(
    Func<TPlace, TPlace?, CancellationToken, Task<ListPart<TItem, TPlace>>> read, Action changed, int keptParts = 40) : IDisposable
{
    private readonly List<Part> _parts = [];
    private CancellationTokenSource _reading = new();
    private (int Start, int End) _wanted;
    private TPlace _begin = default!;
    private long _turn;

    /// <summary>Items known so far.</summary>
    public int Count { get; private set; }

    /// <summary>Whether these are all.</summary>
    public bool IsAtEnd { get; private set; }

    public bool IsReading { get; private set; }

    /// <summary>Why it does not go on.</summary>
    public ApiProblemException? Problem { get; private set; }

    /// <summary>Where the list begins.</summary>
    public TPlace From => _begin;

    /// <summary>Whether any part was read.</summary>
    public bool HasBegun => _parts.Count > 0;

    /// <summary>How far it was read; where it begins when nothing was.</summary>
    public TPlace Reached => _parts is [.., var last] ? last.Next : _begin;

    /// <summary>Begins anew, with nothing read.</summary>
    public void Begin(TPlace from)
    {
        _reading.Cancel();
        _reading.Dispose();
        _reading = new CancellationTokenSource();
        _parts.Clear();
        (_begin, Count, IsAtEnd, Problem, IsReading, _wanted) = (from, 0, false, null, false, default);
    }

    /// <summary>Begins anew with a part that was read already, so that nothing flickers.</summary>
    public void Begin(TPlace from, ListPart<TItem, TPlace> first)
    {
        Begin(from);
        Add(first, from);
    }

    /// <summary>Goes on after a problem.</summary>
    public void TryAgain()
    {
        Problem = null;
        Want(_wanted.Start, Math.Max(1, _wanted.End - _wanted.Start));
    }

    /// <summary>Items from <paramref name="start"/> on, as many as are at hand.</summary>
    public IReadOnlyList<TItem> Rows(int start, int count)
    {
        var rows = new List<TItem>(Math.Max(0, count));
        var first = 0;
        foreach (var part in _parts)
        {
            for (var i = start + rows.Count - first; i >= 0 && i < part.Count && rows.Count < count; i++)
            {
                if (part.Items is null)
                {
                    return rows;
                }

                part.UsedAt = ++_turn;
                rows.Add(part.Items[i]);
            }

            first += part.Count;
        }

        return rows;
    }

    /// <summary>Puts newer values in the place of what is in memory; nothing moves.</summary>
    public void Update(Func<TItem, TItem> newer)
    {
        foreach (var part in _parts)
        {
            part.Items = part.Items is null ? null : [.. part.Items.Select(newer)];
        }
    }

    /// <summary>Sees to it that these are read; what is read meanwhile shows at once.</summary>
    public void Want(int start, int count)
    {
        _wanted = (start, start + count);
        if (!IsReading && Problem is null && (Forgotten() is not null || IsShort))
        {
            _ = ReadAsync(_reading.Token);
        }
    }

    public void Dispose()
    {
        _reading.Cancel();
        _reading.Dispose();
    }

    private bool IsShort => !IsAtEnd && Count < _wanted.End;

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        IsReading = true;
        try
        {
            for (var isFirst = true; Forgotten() is not null || IsShort; isFirst = false)
            {
                if (!isFirst)
                {
                    changed();
                }

                if (Forgotten() is { } part)
                {
                    Remember(part, await read(part.From, part.Next, cancellationToken), cancellationToken);
                }
                else if (IsShort)
                {
                    var from = Reached;
                    var next = await read(from, default, cancellationToken);
                    cancellationToken.ThrowIfCancellationRequested();
                    Add(next, from);
                }

                Forget();
            }
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            // Of a list that nobody looks at any more.
            return;
        }
        catch (Exception problem) when (problem is not OutOfMemoryException)
        {
            // Nobody awaits this: whatever it is, the list says so and can be read on.
            Problem = problem as ApiProblemException ?? new ApiProblemException("It could not be read.", problem);
        }

        IsReading = false;
        changed();
    }

    /// <summary>A part that is wanted and was let go; of more than can be kept, only the last count as wanted.</summary>
    private Part? Forgotten()
    {
        var wanted = new List<Part>();
        var first = 0;
        foreach (var part in _parts)
        {
            if (first < _wanted.End && first + part.Count > _wanted.Start)
            {
                wanted.Add(part);
            }

            first += part.Count;
        }

        return wanted.Skip(wanted.Count - keptParts).FirstOrDefault(part => part.Items is null);
    }

    private void Add(ListPart<TItem, TPlace> read, TPlace from)
    {
        _parts.Add(new Part(from, read.Next, read.Items, ++_turn));
        Count += read.Items.Count;
        IsAtEnd = read.IsLast;
    }

    private void Remember(Part part, ListPart<TItem, TPlace> read, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        // What was deleted meanwhile is gone.
        Count += read.Items.Count - part.Count;
        part.Items = read.Items;
        part.UsedAt = ++_turn;
    }

    private void Forget()
    {
        var inMemory = _parts.Where(part => part.Items is not null).ToList();
        foreach (var part in inMemory.OrderBy(part => part.UsedAt).Take(inMemory.Count - keptParts))
        {
            part.Items = null;
        }
    }

    private sealed class Part(TPlace from, TPlace next, IReadOnlyList<TItem> items, long usedAt)
    {
        private IReadOnlyList<TItem>? _items = items;

        public TPlace From => from;

        public TPlace Next => next;

        public int Count { get; private set; } = items.Count;

        /// <summary>Null when they were let go.</summary>
        public IReadOnlyList<TItem>? Items
        {
            get => _items;
            set => (_items, Count) = (value, value?.Count ?? Count);
        }

        public long UsedAt { get; set; } = usedAt;
    }
}
