namespace Nexus.Coordinator.Sim.Chaos;

/// <summary>A value that holds for a while and then ends by itself. Thread-safe.</summary>
internal sealed class Timed<T>(TimeProvider time, T otherwise)
{
    private sealed record Held(T Value, long Since, TimeSpan Duration);

    private volatile Held? _held;

    public T Value => _held is { } held && time.GetElapsedTime(held.Since) < held.Duration ? held.Value : otherwise;

    /// <summary>From now on for this long, whatever was set before; zero ends it.</summary>
    public void Hold(T value, TimeSpan duration) =>
        _held = duration > TimeSpan.Zero ? new Held(value, time.GetTimestamp(), duration) : null;
}
