using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.TimeMachine.Replays;

/// <summary>
/// What was read ahead, at most two pages, so that a replay need not wait for the next one. A page is as large as a few seconds of a fast log at that
/// speed. Not thread-safe.
/// </summary>
internal sealed class ReplayBuffer(ReplaySource source, TimeProvider time)
{
    private const int SmallestPage = 512;
    private const int LargestPage = 8_192;

    /// <summary>How often it is looked whether there is more, at the end of the log.</summary>
    private static readonly TimeSpan EndPause = TimeSpan.FromMilliseconds(100);

    private readonly Queue<LogEntry> _entries = [];
    private Task<ReplayPage>? _reading;
    private long _endSeen;
    private LogPosition _readUpto = source.Position;

    /// <summary>Nothing more is there yet.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>What follows the entries and cannot be read.</summary>
    public GapFrame? Gap { get; private set; }

    public bool IsEmpty => _entries.Count == 0;

    /// <summary>Up to here it is known what comes, and time may pass.</summary>
    public DateTimeOffset KnownUpto => IsAtEnd && IsEmpty && Gap is null ? time.GetUtcNow() : _readUpto.Time;

    /// <summary>Everything up to here was read.</summary>
    public LogPosition ReadUpto => _readUpto;

    /// <summary>Takes in what was read and reads on; waits for nothing.</summary>
    /// <exception cref="LogAwayException">The log is needed and does not answer.</exception>
    public void Fill(double speed, CancellationToken cancellationToken)
    {
        var page = Math.Clamp((int)speed * 100, SmallestPage, LargestPage);
        if (_reading is null && Gap is null && _entries.Count < page && (!IsAtEnd || time.GetElapsedTime(_endSeen) > EndPause))
        {
            _reading = Task.Run(() => source.NextAsync(page, cancellationToken), cancellationToken);
        }

        if (_reading is { IsCompleted: true } read)
        {
            _reading = null;
            Take(read.GetAwaiter().GetResult());
        }
    }

    /// <summary>The next entry, if its time has come.</summary>
    public LogEntry? Take(DateTimeOffset now) =>
        _entries.TryPeek(out var next) && next.Position.Time <= now ? _entries.Dequeue() : null;

    public GapFrame? TakeGap()
    {
        var gap = IsEmpty ? Gap : null;
        Gap = gap is null ? Gap : null;
        return gap;
    }

    private void Take(ReplayPage page)
    {
        foreach (var entry in page.Entries)
        {
            _entries.Enqueue(entry);
        }

        Gap = page.Gap;
        IsAtEnd = page.IsEnd;
        _endSeen = time.GetTimestamp();
        _readUpto = page.Gap?.Upto ?? page.Upto;
    }
}
