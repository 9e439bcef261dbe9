namespace Nexus.Monitoring.Client.Publishing;

/// <summary>
/// Events that go to the log together, all or none. The same is sent again after a failure: by its number a transport knows that it has
/// tried before.
/// </summary>
internal sealed class EventBatch
{
    private readonly List<EncodedEvent> _events = [];
    private readonly List<ReadOnlyMemory<byte>> _payloads = [];

    public IReadOnlyList<EncodedEvent> Events => _events;

    public IReadOnlyList<ReadOnlyMemory<byte>> Payloads => _payloads;

    /// <summary>Given by the transport at the first attempt; 0 before.</summary>
    public long Number { get; set; }

    public void Add(in EncodedEvent one)
    {
        _events.Add(one);
        _payloads.Add(one.Json);
    }

    /// <summary>Makes it another batch.</summary>
    public void Clear()
    {
        _events.Clear();
        _payloads.Clear();
        Number = 0;
    }
}
