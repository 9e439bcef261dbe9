namespace Nexus.Monitoring.Client.Publishing;

/// <summary>
/// Events that go to the log together, all or none. The same instance is sent again after a failure: by it a transport knows that it
/// has tried before.
/// </summary>
internal sealed class EventBatch(IReadOnlyList<EncodedEvent> events)
{
    public IReadOnlyList<EncodedEvent> Events { get; } = events;

    public IReadOnlyList<ReadOnlyMemory<byte>> Payloads { get; } = [.. events.Select(one => one.Json)];

    /// <summary>Given by the transport at the first attempt; 0 before.</summary>
    public long Number { get; set; }
}
