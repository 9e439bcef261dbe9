using Nexus.Monitoring.Contracts.Frames;

namespace Nexus.Monitoring.Client.Reading;

/// <summary>Lets the frames of one connection into the buffer until it is shut: frames of an old connection must not mix with new ones.</summary>
internal sealed class FrameGate(FrameBuffer buffer)
{
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _overflowed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _shut;

    /// <summary>Completes when the consumer has fallen too far behind.</summary>
    public Task Overflowed => _overflowed.Task;

    public void Accept(StreamFrame frame)
    {
        lock (_lock)
        {
            if (!_shut && !buffer.TryAdd(frame))
            {
                _shut = true;
                _overflowed.TrySetResult();
            }
        }
    }

    public void Shut()
    {
        lock (_lock)
        {
            _shut = true;
        }
    }
}
