using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Nexus.Monitoring.Client.Publishing;

/// <summary>Counts that nobody can change while they wait to be sent. Small, so a look-up walks the array.</summary>
internal sealed class CountMap(params KeyValuePair<string, long>[] entries) : IReadOnlyDictionary<string, long>
{
    public static CountMap Empty { get; } = new();

    public int Count => entries.Length;

    public IEnumerable<string> Keys => entries.Select(entry => entry.Key);

    public IEnumerable<long> Values => entries.Select(entry => entry.Value);

    public long this[string key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"There is no count '{key}'.");

    /// <summary>A copy, unless the counts are one already.</summary>
    [return: NotNullIfNotNull(nameof(counts))]
    public static CountMap? CopyOf(IReadOnlyDictionary<string, long>? counts) =>
        counts is null ? null : counts as CountMap ?? new CountMap([.. counts]);

    public bool ContainsKey(string key) => TryGetValue(key, out _);

    public bool TryGetValue(string key, out long value)
    {
        foreach (var entry in entries)
        {
            if (entry.Key == key)
            {
                value = entry.Value;
                return true;
            }
        }

        value = 0;
        return false;
    }

    public IEnumerator<KeyValuePair<string, long>> GetEnumerator() => ((IEnumerable<KeyValuePair<string, long>>)entries).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
