using Nexus.Monitoring.Contracts.Frames;

namespace Nexus.Monitoring.Client.Reading;

/// <summary>Lets the frames of one connection into the buffer until it is shut: frames of an old connection must not mix with new ones.</summary>
internal sealed class FrameGate(FrameBuffer buffer)
{
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource<string> _refused = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _shut;

    /// <summary>Completes with the reason when a frame was not taken: the consumer has fallen too far behind, or the frame does not follow.</summary>
    public Task<string> Refused => _refused.Task;

    public void Accept(StreamFrame frame)
    {
        lock (_lock)
        {
            if (!_shut && buffer.Add(frame) is { } reason)
            {
                _shut = true;
                _refused.TrySetResult(reason);
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
