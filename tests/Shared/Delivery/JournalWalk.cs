using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Testing.Delivery;

/// <summary>Walks along one journal and checks what can be seen from it alone: that the stream chains and never goes back.</summary>
internal sealed class JournalWalk
{
    private readonly ReaderJournal _reader;
    private readonly List<Breach> _breaches;
    private readonly List<(LogPosition After, LogPosition Upto)> _gaps = [];
    private LogPosition? _upto;

    /// <summary>A ping said that everything up to here has been sent; intervals go on where the last one ended, events must lie after it.</summary>
    private LogPosition _settled;

    /// <summary>The cursor of the connection that lasts.</summary>
    private LogPosition? _asked;

    public JournalWalk(ReaderJournal reader, List<Breach> breaches)
    {
        _reader = reader;
        _breaches = breaches;
        foreach (var entry in reader.Entries)
        {
            Take(entry);
        }
    }

    /// <summary>Where the reader began; null when it was sent nothing that says so.</summary>
    public LogPosition? Begin { get; private set; }

    /// <summary>The reader was sent everything up to here.</summary>
    public LogPosition End => _upto is { } upto && upto > _settled ? upto : _settled;

    public bool HasGaps => _gaps.Count > 0;

    public List<JournalEntry.Delivered> Delivered { get; } = [];

    public bool IsInGap(LogPosition at) => _gaps.Any(gap => at > gap.After && at <= gap.Upto);

    private void Take(JournalEntry entry)
    {
        switch (entry)
        {
            case JournalEntry.Connected { Cursor: { } cursor }:
                _asked = cursor;
                Expect(_upto is null || cursor == End, $"the reader came back with {cursor}, and had everything up to {End}");
                MoveTo(cursor);
                break;
            case JournalEntry.Connected:
                Expect(_upto is null, "the reader came back without a cursor");
                break;
            case JournalEntry.Began began:
                Expect(_upto is null, $"a snapshot at {began.At} came in the middle of the stream");
                MoveTo(began.At);
                break;
            case JournalEntry.Resumed resumed:
                Expect(_asked == resumed.After, $"resumed after {resumed.After}, and the reader came with {_asked}");
                break;
            case JournalEntry.SentUpto sent:
                Forward(sent.At, $"a ping says {sent.At}");
                _settled = sent.At > _settled ? sent.At : _settled;
                break;
            case JournalEntry.Gap gap:
                Take(gap);
                break;
            case JournalEntry.Interval interval:
                Take(interval);
                break;
            case JournalEntry.Delivered delivered:
                Take(delivered);
                MoveTo(delivered.At);
                break;
        }
    }

    private void Take(JournalEntry.Gap gap)
    {
        Expect(_upto is null || gap.After == _upto || (!_reader.HasIntervals && gap.After > _upto), $"a gap begins at {gap.After}, and the reader has everything up to {_upto}");
        Forward(gap.Upto, $"a gap ends at {gap.Upto}");
        Expect(gap.Upto >= gap.After, $"a gap runs from {gap.After} to {gap.Upto}");
        _gaps.Add((gap.After, gap.Upto));
        Begin ??= gap.After;
        _upto = gap.Upto;
    }

    private void Take(JournalEntry.Interval interval)
    {
        Expect(_upto is null || interval.After == _upto, $"an interval begins at {interval.After}, and the one before ended at {_upto}");
        Expect(interval.Upto >= interval.After, $"an interval runs from {interval.After} to {interval.Upto}");
        foreach (var one in interval.Events)
        {
            Take(one);
            Expect(one.At > interval.After && one.At <= interval.Upto, $"the event at {one.At} lies outside of ({interval.After}, {interval.Upto}]");
        }

        Begin ??= interval.After;
        _upto = interval.Upto;
    }

    private void Take(JournalEntry.Delivered one)
    {
        var last = Delivered.Count > 0 ? Delivered[^1].At : LogPosition.Start;
        if (one.At <= last)
        {
            Add(BreachKind.Backwards, $"the event at {one.At} came after the one at {last}");
        }
        else if (one.At <= _settled)
        {
            Add(BreachKind.Backwards, $"the event at {one.At} came after a ping that said {_settled}");
        }

        Delivered.Add(one);
    }

    private void MoveTo(LogPosition at)
    {
        Begin ??= at;
        _upto = at;
    }

    private void Forward(LogPosition at, string what)
    {
        if (at < End)
        {
            Add(BreachKind.Backwards, $"{what}, and the reader is at {End}");
        }
    }

    private void Expect(bool isTrue, string what)
    {
        if (!isTrue)
        {
            Add(BreachKind.ChainBroken, what);
        }
    }

    private void Add(BreachKind kind, string what) => _breaches.Add(new Breach(kind, _reader.Name, what));
}
