using System.Text.Json.Serialization.Metadata;

namespace Nexus.Monitoring.Web.Api;

/// <summary>
/// One question to the API for all who ask it at about the same time: ten browsers with the same trends cost as much as one. A question
/// that nobody waits for any more is taken back. At most <see cref="Capacity"/> answers are kept. Thread-safe.
/// </summary>
internal sealed class SharedAnswers(ApiReader api, TimeProvider clock)
{
    public const int Capacity = 256;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <inheritdoc cref="ApiReader.GetAsync"/>
    /// <param name="address">The question.</param>
    /// <param name="type">Of the answer.</param>
    /// <param name="maxAge">An answer that was asked for this long ago will do.</param>
    /// <param name="cancellationToken">Ends this caller's waiting, and the question when nobody else waits.</param>
    public async Task<T> GetAsync<T>(string address, JsonTypeInfo<T> type, TimeSpan maxAge, CancellationToken cancellationToken)
    {
        var entry = Enter(address, type, maxAge);
        try
        {
            return await ((Task<T>)entry.Answer).WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The last of those who waited went away in the very moment in which this one came.
            return await api.GetAsync(address, type, cancellationToken);
        }
        finally
        {
            Leave(address, entry);
        }
    }

    private Entry Enter<T>(string address, JsonTypeInfo<T> type, TimeSpan maxAge)
    {
        lock (_gate)
        {
            if (!_entries.TryGetValue(address, out var entry)
                || entry.Answer.IsFaulted || entry.Answer.IsCanceled || clock.GetElapsedTime(entry.AskedAt) > maxAge)
            {
                MakeRoom();
                var cancel = new CancellationTokenSource();
                _entries[address] = entry = new Entry(api.GetAsync(address, type, cancel.Token), cancel, clock.GetTimestamp());
            }

            entry.Waiting++;
            return entry;
        }
    }

    private void Leave(string address, Entry entry)
    {
        lock (_gate)
        {
            if (--entry.Waiting == 0 && !entry.Answer.IsCompleted)
            {
                entry.Cancel.Cancel();
                if (_entries.GetValueOrDefault(address) == entry)
                {
                    _entries.Remove(address);
                }
            }
        }
    }

    private void MakeRoom()
    {
        if (_entries.Count >= Capacity)
        {
            _entries.Remove(_entries.Where(entry => entry.Value.Waiting == 0).OrderBy(entry => entry.Value.AskedAt)
                .Select(entry => entry.Key).FirstOrDefault(_entries.MinBy(entry => entry.Value.AskedAt).Key));
        }
    }

    private sealed class Entry(Task answer, CancellationTokenSource cancel, long askedAt)
    {
        public Task Answer => answer;

        public CancellationTokenSource Cancel => cancel;

        public long AskedAt => askedAt;

        public int Waiting { get; set; }
    }
}
