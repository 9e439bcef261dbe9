using System.Collections;

namespace Nexus.Monitoring.Client.Tests.Publishing;

/// <summary>What a caller might hand over.</summary>
internal sealed class BrokenCounts : IReadOnlyDictionary<string, long>
{
    public int Count => throw new InvalidOperationException("broken");

    public IEnumerable<string> Keys => throw new InvalidOperationException("broken");

    public IEnumerable<long> Values => throw new InvalidOperationException("broken");

    public long this[string key] => throw new InvalidOperationException("broken");

    public bool ContainsKey(string key) => throw new InvalidOperationException("broken");

    public bool TryGetValue(string key, out long value) => throw new InvalidOperationException("broken");

    public IEnumerator<KeyValuePair<string, long>> GetEnumerator() => throw new InvalidOperationException("broken");

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
