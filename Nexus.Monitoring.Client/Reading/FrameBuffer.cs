using System.Threading.Channels;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Client.Reading;

/// <summary>
/// The frames between the connection and the consumer, at most <paramref name="capacity"/>. A frame that does not fit, or does not follow, is
/// not taken, and the chain stays where it was, so that it comes again with the next connection. One writer at a time.
/// </summary>
internal sealed class FrameBuffer(StreamChain chain, int capacity)
{
    /// <summary>One frame can become two: a notice of a gap and itself.</summary>
    private const int MostPerFrame = 2;

    private readonly Channel<StreamFrame> _frames = Channel.CreateUnbounded<StreamFrame>(new UnboundedChannelOptions { SingleReader = true });
    private TaskCompletionSource? _drained;
    private int _waiting;

    public LogPosition? Position => chain.Position;

    /// <summary>A connection begins, at <see cref="Position"/>.</summary>
    public void Begin() => chain.Begin();

    /// <summary>Null when the frame was taken; else why the connection must end, one sentence.</summary>
    public string? Add(StreamFrame frame)
    {
        if (Volatile.Read(ref _waiting) > capacity - MostPerFrame)
        {
            return "The reader took frames too slowly.";
        }

        if (!chain.TryAccept(frame, out var accepted))
        {
            return $"The stream is broken: an interval begins at {(frame as EventsFrame)?.After}, and the one before ended at {Position}.";
        }

        foreach (var one in accepted)
        {
            Interlocked.Increment(ref _waiting);
            _frames.Writer.TryWrite(one);
        }

        return null;
    }

    /// <summary>What was added, in order; ends with <see cref="Complete"/>.</summary>
    public async IAsyncEnumerable<StreamFrame> ReadAsync()
    {
        await foreach (var frame in _frames.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            if (Interlocked.Decrement(ref _waiting) <= capacity / 4)
            {
                Volatile.Read(ref _drained)?.TrySetResult();
            }

            yield return frame;
        }
    }

    /// <summary>Waits until three quarters of the buffer are free.</summary>
    public async Task WaitUntilDrainedAsync(CancellationToken cancellationToken)
    {
        var drained = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Interlocked.Exchange(ref _drained, drained);
        if (Volatile.Read(ref _waiting) > capacity / 4)
        {
            await drained.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public void Complete(Exception? exception) => _frames.Writer.TryComplete(exception);
}
