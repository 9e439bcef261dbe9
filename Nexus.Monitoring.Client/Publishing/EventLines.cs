using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Client.Publishing;

/// <summary>
/// Keeps the JSON of events one after the other, a line break after each, so that those that go into one entry of the log lie there as they
/// are sent. What was given out is never written to again: a batch whose answer was lost may still be on its way.
/// </summary>
internal sealed class EventLines
{
    private byte[] _chunk = [];
    private int _used;

    /// <summary>Keeps the event.</summary>
    /// <returns>Its JSON, without the line break.</returns>
    public ReadOnlyMemory<byte> Add(ReadOnlySpan<byte> json)
    {
        if (_chunk.Length - _used <= json.Length)
        {
            _chunk = GC.AllocateUninitializedArray<byte>(Math.Max(EntryEvents.MostBytes, json.Length + 1));
            _used = 0;
        }

        var kept = _chunk.AsMemory(_used, json.Length);
        json.CopyTo(kept.Span);
        _chunk[_used + json.Length] = (byte)'\n';
        _used += json.Length + 1;
        return kept;
    }
}
