using System.Text;
using Nexus.Monitoring.Api.Log;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Client.Log;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Tests.Fixtures;

/// <summary>A log in memory with what happens to real ones: it goes away, is trimmed, loses its data, holds garbage.</summary>
internal sealed class MemoryLog : ILogSource, IEventLogWriter
{
    public const ulong FirstMillisecond = 1_700_000_000_000;

    private readonly Lock _gate = new();
    private List<RawEntry> _entries = [];
    private readonly List<Action> _listeners = [];
    private readonly Dictionary<ProducerBatch, IReadOnlyList<LogPosition>> _batches = [];
    private ulong _clock = FirstMillisecond;
    private LogPosition _last;
    private long _added;

    /// <summary>While set, every call fails.</summary>
    public bool IsAway { get; set; }

    /// <summary>While set, every call fails with it.</summary>
    public Exception? Fails { get; set; }

    /// <summary>Whether the server tells how many entries were ever appended, as Redis does from version 7 on.</summary>
    public bool CountsAdded { get; init; } = true;

    /// <summary>Whether an append rings.</summary>
    public bool HasDoorbell { get; set; } = true;

    public int Reads { get; private set; }

    /// <summary>After which nothing is to be dropped.</summary>
    public LogPosition? Held { get; set; }

    public IReadOnlyList<LogPosition> Positions
    {
        get
        {
            lock (_gate)
            {
                return [.. _entries.Select(entry => entry.Position)];
            }
        }
    }

    public LogPosition Append(MonitoringEvent e) => Append(EventJson.ToUtf8(e));

    /// <summary>Appends when the log's clock shows this.</summary>
    public LogPosition AppendAt(ulong milliseconds, MonitoringEvent e)
    {
        lock (_gate)
        {
            _clock = milliseconds;
        }

        return Append(e);
    }

    public LogPosition Append(string json) => Append(Encoding.UTF8.GetBytes(json));

    public LogPosition Append(byte[]? json)
    {
        LogPosition position;
        lock (_gate)
        {
            position = new LogPosition(_clock++, 0);
            position = position > _last ? position : new LogPosition(_last.Milliseconds, _last.Sequence + 1);
            _last = position;
            _added++;
            _entries.Add(new RawEntry(position, json is null ? default(ReadOnlyMemory<byte>?) : json));
        }

        if (HasDoorbell)
        {
            Ring();
        }

        return position;
    }

    public IReadOnlyList<LogPosition> Append(int count, string? projectId = null) =>
        [.. Enumerable.Range(0, count).Select(_ => Append(Sample.Event(projectId: projectId)))];

    public void Ring()
    {
        Action[] listeners;
        lock (_gate)
        {
            listeners = [.. _listeners];
        }

        foreach (var listener in listeners)
        {
            listener();
        }
    }

    /// <summary>Drops the oldest entries, as producers do.</summary>
    public void TrimTo(int length)
    {
        lock (_gate)
        {
            _entries = [.. _entries.TakeLast(length)];
        }
    }

    /// <summary>The data is gone, and with it the memory of the last position. The clock may be another server's.</summary>
    public void Lose(int keep = 0, ulong? clock = null)
    {
        lock (_gate)
        {
            _entries = [.. _entries.Take(keep)];
            _last = keep > 0 ? _entries[^1].Position : default;
            _added = keep;
            _clock = clock ?? _clock;
        }
    }

    public Task<IAsyncDisposable> ListenAsync(Action onDoorbell)
    {
        CheckAnswers();
        lock (_gate)
        {
            _listeners.Add(onDoorbell);
        }

        return Task.FromResult<IAsyncDisposable>(new Listener(this, onDoorbell));
    }

    public Task<RawPage> ReadAsync(LogPosition from, LogPosition to, int count)
    {
        CheckAnswers();
        lock (_gate)
        {
            Reads++;
            var first = _entries.FindIndex(entry => entry.Position >= from);
            return Page(first < 0 ? [] : [.. _entries.Skip(first).TakeWhile(entry => entry.Position <= to).Take(count)], count);
        }
    }

    public Task<RawPage> ReadBackAsync(LogPosition from, int count)
    {
        CheckAnswers();
        lock (_gate)
        {
            return Page([.. _entries.AsEnumerable().Reverse().SkipWhile(entry => entry.Position > from).Take(count)], count);
        }
    }

    public Task<LogExtent> GetExtentAsync()
    {
        CheckAnswers();
        lock (_gate)
        {
            return Task.FromResult(new LogExtent(_entries.Count, CountsAdded ? _added : null, _last, _entries.Count));
        }
    }

    public Task<DateTimeOffset> GetTimeAsync()
    {
        CheckAnswers();
        lock (_gate)
        {
            return Task.FromResult(DateTimeOffset.FromUnixTimeMilliseconds((long)_clock));
        }
    }

    public Task AnchorAsync(LogPosition position)
    {
        CheckAnswers();
        lock (_gate)
        {
            _last = position > _last ? position : _last;
        }

        return Task.CompletedTask;
    }

    public Task HoldAsync(string holder, LogPosition upto, TimeSpan lifetime)
    {
        CheckAnswers();
        Held = upto;
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<LogPosition>> AppendAsync(
        IReadOnlyList<ReadOnlyMemory<byte>> events, CancellationToken cancellationToken = default) => IsAway
        ? throw new LogUnavailableException("The log is away.")
        : Task.FromResult<IReadOnlyList<LogPosition>>([.. events.Select(json => Append(json.ToArray()))]);

    public async Task<IReadOnlyList<LogPosition>> AppendAsync(
        ProducerBatch batch, IReadOnlyList<ReadOnlyMemory<byte>> events, CancellationToken cancellationToken = default)
    {
        if (!_batches.TryGetValue(batch, out var positions))
        {
            _batches[batch] = positions = await AppendAsync(events, cancellationToken);
        }

        return positions;
    }

    private static Task<RawPage> Page(List<RawEntry> entries, int count) => Task.FromResult(new RawPage(entries, entries.Count == count));

    private void CheckAnswers()
    {
        if (Fails is { } error)
        {
            throw error;
        }

        if (IsAway)
        {
            throw new LogAwayException("The log is away.");
        }
    }

    private sealed class Listener(MemoryLog log, Action onDoorbell) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            lock (log._gate)
            {
                log._listeners.Remove(onDoorbell);
            }

            return ValueTask.CompletedTask;
        }
    }
}
