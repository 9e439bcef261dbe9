using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Streaming;

/// <summary>
/// What goes to one client: chained intervals and frames between them, and how long the client has not taken the last of it. One sender at a time.
/// </summary>
/// <param name="context">What all sessions share.</param>
/// <param name="sink">Where it goes.</param>
/// <param name="start">Where the first interval begins.</param>
internal sealed class SessionOutput(SessionContext context, IStreamSink sink, LogPosition start)
{
    private const long NotSending = 0;

    private long _sendStarted;
    private bool _wasBlocked;

    /// <summary>Where the next interval begins for the client.</summary>
    public LogPosition SentUpto { get; private set; } = start;

    /// <summary>Whether the client did not take something at once since this was asked last.</summary>
    public bool TakeBlocked()
    {
        var was = _wasBlocked;
        _wasBlocked = false;
        return was;
    }

    /// <summary>How long the client has not taken what is being sent; null when nothing is.</summary>
    public TimeSpan? Waited(long now)
    {
        var started = Volatile.Read(ref _sendStarted);
        return started == NotSending ? null : context.Time.GetElapsedTime(started, now);
    }

    public ValueTask SendFrameAsync(StreamFrame frame) => SendAsync(sink.SendFrameAsync(frame));

    /// <summary>Everything that matches from the end of the last interval; the entries are no longer needed when it returns.</summary>
    public ValueTask SendEventsAsync(LogPosition upto, List<LogEntry> entries)
    {
        var after = SentUpto;
        SentUpto = upto;
        context.Metrics.Delivered(entries.Count, sink.Transport);
        return SendAsync(sink.SendEventsAsync(after, upto, entries));
    }

    /// <summary>The same, as it was encoded for more than one client.</summary>
    public ValueTask SendSharedAsync(SharedFrame frame)
    {
        SentUpto = frame.Upto;
        context.Metrics.Delivered(frame.Events, sink.Transport);
        return SendAsync(sink.SendEncodedAsync(frame.Bytes));
    }

    /// <summary>The first interval where intervals are seen, an empty one, says where they begin; else the snapshot.</summary>
    public ValueTask SendStartAsync(LogEntry? snapshot) =>
        SendAsync(sink.SendEventsAsync(SentUpto, SentUpto, snapshot is null ? EntryLists.Empty : [snapshot]));

    public async ValueTask SendGapAsync(GapFrame gap)
    {
        await CloseIntervalAsync(gap.After);
        await SendFrameAsync(gap);
        SentUpto = gap.Upto;
        context.Metrics.Gap(gap.Reason);
    }

    /// <summary>Accounts for an interval in which nothing matched before something else begins.</summary>
    public async ValueTask CloseIntervalAsync(LogPosition upto)
    {
        if (sink.HasIntervals && SentUpto < upto)
        {
            await SendAsync(sink.SendEventsAsync(SentUpto, upto, EntryLists.Empty));
            SentUpto = upto;
        }
    }

    private ValueTask SendAsync(ValueTask send)
    {
        if (!send.IsCompletedSuccessfully)
        {
            return BlockedAsync(send);
        }

        send.GetAwaiter().GetResult();
        return default;
    }

    /// <summary>The client has not taken it yet; the sweep looks how long that lasts.</summary>
    private async ValueTask BlockedAsync(ValueTask send)
    {
        _wasBlocked = true;
        Volatile.Write(ref _sendStarted, context.Time.GetTimestamp());
        try
        {
            await send;
        }
        finally
        {
            Volatile.Write(ref _sendStarted, NotSending);
        }
    }
}
