using Nexus.Monitoring.Api.History;
using Nexus.Monitoring.Api.Http.Lists;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Contracts.Json;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.TimeMachine;

/// <summary>
/// Instants as they are sent. Who asks for the same one at the same time shares the work, and the last answers are kept: an instant never changes.
/// Thread-safe.
/// </summary>
internal sealed class StateAnswers(StateJumps jumps, LogFeed feed, HistoryState history)
{
    /// <summary>Most bytes of answers kept.</summary>
    private const long MaxBytes = 32 * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly Dictionary<Key, Task<ReadOnlyMemory<byte>>> _asked = [];
    private readonly LinkedList<(Key Key, ReadOnlyMemory<byte> Answer)> _kept = [];
    private long _bytes;

    /// <summary>How many instants were put together.</summary>
    public long Built { get; private set; }

    /// <summary>The instant as JSON.</summary>
    public Task<ReadOnlyMemory<byte>> GetAsync(Instant instant, int endedTasks, CancellationToken cancellationToken)
    {
        var key = new Key(instant.At, instant.Upto, endedTasks);
        lock (_gate)
        {
            for (var node = _kept.First; node is not null; node = node.Next)
            {
                if (node.Value.Key == key)
                {
                    _kept.Remove(node);
                    _kept.AddFirst(node);
                    return Task.FromResult(node.Value.Answer);
                }
            }

            if (!_asked.TryGetValue(key, out var running))
            {
                Built++;
                _asked[key] = running = Task.Run(() => BuildAsync(key), CancellationToken.None);
            }

            return running.WaitAsync(cancellationToken);
        }
    }

    private async Task<ReadOnlyMemory<byte>> BuildAsync(Key key)
    {
        try
        {
            // Events may still be appended at the newest millisecond.
            var head = history.NewestWith(feed.Ring.Head.Position);
            var isPast = key.Upto < head;
            var answer = await jumps.ReadAsync(
                isPast ? key.Upto : head,
                key.EndedTasks,
                folded => PageWriter.One(
                    folded.State.ToSnapshot(key.EndedTasks) with { At = key.At, Since = folded.Since }, MonitoringJson.Context.LiveStateSnapshot),
                CancellationToken.None);
            if (isPast)
            {
                Keep(key, answer);
            }

            return answer;
        }
        finally
        {
            lock (_gate)
            {
                _asked.Remove(key);
            }
        }
    }

    private void Keep(Key key, ReadOnlyMemory<byte> answer)
    {
        lock (_gate)
        {
            _kept.AddFirst((key, answer));
            _bytes += answer.Length;
            while (_bytes > MaxBytes && _kept.Last is { } oldest)
            {
                _bytes -= oldest.Value.Answer.Length;
                _kept.RemoveLast();
            }
        }
    }

    private readonly record struct Key(DateTimeOffset At, LogPosition Upto, int EndedTasks);
}
