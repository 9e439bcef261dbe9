namespace Nexus.Monitoring.Api.Streaming;

/// <summary>Something that time passes for.</summary>
internal interface ISwept
{
    /// <summary>Called about every second, from any thread; must not wait for anything.</summary>
    /// <param name="now">A timestamp of the node's <see cref="TimeProvider"/>.</param>
    void Tick(long now);
}
