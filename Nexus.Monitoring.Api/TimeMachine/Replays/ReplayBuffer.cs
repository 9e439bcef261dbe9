using System.Threading.Channels;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.TimeMachine.Replays;

/// <summary>
/// Reads ahead, so that a replay need not wait for the next page: one page is in hand, one lies ready, and one is being read, each of at most
/// <see cref="MostBytes"/>. Taking is for one thread.
/// </summary>
internal sealed class ReplayBuffer : IAsyncDisposable
{
    private const int FewestEvents = 512;
    private const int MostEvents = 16_384;
    private const long FewestBytes = 512 * 1024;
    private const long MostBytes = 4 * 1024 * 1024;

    /// <summary>How often it is looked whether there is more, at the end of the log, and whether the log is back.</summary>
    private static readonly TimeSpan EndPause = TimeSpan.FromMilliseconds(100);

    private readonly ReplaySource _source;
    private readonly TimeProvider _time;
    private readonly Channel<ReplayPage> _pages = Channel.CreateBounded<ReplayPage>(
        new BoundedChannelOptions(1) { SingleReader = true, SingleWriter = true });

    private readonly CancellationTokenSource _leaving = new();
    private readonly Task _reading;
    private double _speed;
    private volatile ReplayHorizon _horizon;
    private volatile bool _isLogAway;
    private ReplayPage? _page;
    private int _next;

    public ReplayBuffer(ReplaySource source, double speed, TimeProvider time)
    {
        (_source, _speed, _time) = (source, speed, time);
        _horizon = new ReplayHorizon(source.Position);
        TakenUpto = source.Position;
        _reading = Task.Run(ReadAsync);
    }

    /// <summary>Everything up to here was taken.</summary>
    public LogPosition TakenUpto { get; private set; }

    /// <summary>Everything was taken, and there was nothing more when the log was looked at last.</summary>
    public bool IsAtEnd => IsEmpty && _horizon is { EndSeen: not null } horizon && horizon.Upto == TakenUpto;

    /// <summary>Up to here it is known what comes, and time may pass.</summary>
    public DateTimeOffset KnownUpto => _horizon.Time;

    /// <summary>The log is needed and does not answer.</summary>
    public bool IsLogAway => _isLogAway;

    /// <summary>How fast what is read will be taken.</summary>
    public double Speed
    {
        set => Volatile.Write(ref _speed, value);
    }

    private bool IsEmpty => _page is null && !_pages.Reader.TryPeek(out _);

    /// <summary>The next entry, if its time has come; null also before a gap.</summary>
    public LogEntry? Take(DateTimeOffset now)
    {
        while (Page() is { } page)
        {
            if (_next < page.Entries.Count)
            {
                return page.Entries[_next].Position.Time <= now ? page.Entries[_next++] : null;
            }

            if (page.Gap is not null)
            {
                return null;
            }

            Leave(page.Upto);
        }

        return null;
    }

    /// <summary>What follows the entries that were taken and cannot be read.</summary>
    public GapFrame? TakeGap()
    {
        if (_page is not { Gap: { } gap } page || _next < page.Entries.Count)
        {
            return null;
        }

        Leave(gap.Upto);
        return gap;
    }

    /// <summary>Reads no further.</summary>
    public async ValueTask DisposeAsync()
    {
        await _leaving.CancelAsync();
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _leaving.Dispose();
    }

    private void Leave(LogPosition upto)
    {
        (_page, _next) = (null, 0);
        TakenUpto = upto;
    }

    private ReplayPage? Page()
    {
        if (_page is null && !_pages.Reader.TryRead(out _page) && _reading.IsCompleted)
        {
            _reading.GetAwaiter().GetResult();
        }

        return _page;
    }

    private async Task ReadAsync()
    {
        var cancellationToken = _leaving.Token;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var begun = _time.GetUtcNow();
            ReplayPage page;
            try
            {
                var speed = Volatile.Read(ref _speed);
                page = await _source.NextAsync(
                    new PageBounds(
                        Math.Clamp((int)speed * 200, FewestEvents, MostEvents), Math.Clamp((long)speed * 64 * 1024, FewestBytes, MostBytes)),
                    cancellationToken);
                _isLogAway = false;
            }
            catch (LogAwayException)
            {
                _isLogAway = true;
                await Task.Delay(EndPause, _time, cancellationToken);
                continue;
            }

            if (page.Upto > _horizon.Upto || page.Gap is not null)
            {
                await _pages.Writer.WriteAsync(page, cancellationToken);
            }

            _horizon = new ReplayHorizon(page.Gap?.Upto ?? page.Upto, page.IsEnd && page.Gap is null ? begun : null);
            if (page.IsEnd)
            {
                await Task.Delay(EndPause, _time, cancellationToken);
            }
        }
    }
}
