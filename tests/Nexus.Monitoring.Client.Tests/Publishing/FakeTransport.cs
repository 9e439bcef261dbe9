using System.Threading.Channels;
using Nexus.Monitoring.Client.Log;
using Nexus.Monitoring.Client.Publishing;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Client.Tests.Publishing;

/// <summary>A log in memory that can be away, refuse events, or hold its answers back.</summary>
internal sealed class FakeTransport : IEventTransport
{
    private readonly Lock _lock = new();
    private readonly List<MonitoringEvent> _log = [];
    private readonly Channel<int> _attempts = Channel.CreateUnbounded<int>();
    private TaskCompletionSource? _held;
    private ulong _sequence;

    public string System => "fake";

    public int MaxBatchBytes { get; init; } = 1_000_000;

    public bool IsAway { get; set; }

    /// <summary>Types that the log refuses.</summary>
    public HashSet<string> Refuses { get; } = [];

    public List<int> BatchSizes { get; } = [];

    public IReadOnlyList<MonitoringEvent> Log
    {
        get
        {
            lock (_lock)
            {
                return [.. _log];
            }
        }
    }

    /// <summary>From now on attempts wait, until <see cref="Release"/>.</summary>
    public void Hold() => _held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Release() => Interlocked.Exchange(ref _held, null)?.SetResult();

    /// <summary>Waits until the next attempt has begun; says how many events it carries.</summary>
    public async Task<int> AttemptAsync() =>
        await _attempts.Reader.ReadAsync(new CancellationTokenSource(Eventually.DefaultDeadline).Token);

    public async Task<BatchAnswer> SendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        _attempts.Writer.TryWrite(batch.Events.Count);
        if (_held is { } held)
        {
            await held.Task.WaitAsync(cancellationToken);
        }

        if (IsAway)
        {
            throw new LogUnavailableException("The fake log is away.");
        }

        lock (_lock)
        {
            BatchSizes.Add(batch.Events.Count);
            var refused = new HashSet<int>();
            var positions = new LogPosition?[batch.Events.Count];
            for (var i = 0; i < positions.Length; i++)
            {
                Assert.True(EventJson.TryRead(batch.Events[i].Json.Span, out var e, out var problem), problem);
                if (Refuses.Contains(e.EventType))
                {
                    refused.Add(i);
                    continue;
                }

                _log.Add(e);
                positions[i] = new LogPosition(1, _sequence++);
            }

            return new BatchAnswer(positions) { Refused = refused };
        }
    }

    public Task WaitForRecoveryAsync(CancellationToken cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken);
}
