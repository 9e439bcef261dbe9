using System.Text.Json;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Client.Redis;
using Nexus.Monitoring.Contracts.Views;
using StackExchange.Redis;

namespace Nexus.Monitoring.Api.Views;

/// <summary>
/// Documents of one kind in a hash of the log's Redis, a field each, so that all nodes have the same. The field <c>revision</c> is another
/// one after each change: a write happens only where it is still what was read, so that no change is lost and the bound holds.
/// </summary>
/// <remarks>
/// <code>
/// WATCH key · revision is what was read · MULTI · HSET key id json revision new · EXEC
/// </code>
/// </remarks>
internal sealed class DocumentStore(IConnectionMultiplexer redis, TimeProvider time)
{
    /// <summary>Upper case: no id is.</summary>
    private const string Revision = "REVISION";

    /// <summary>Of writers that meet, one is through with each attempt.</summary>
    private const int Attempts = 50;

    private IDatabase Database => redis.GetDatabase();

    /// <returns>All, and the name of this state of them.</returns>
    /// <exception cref="LogAwayException">Redis does not answer.</exception>
    public Task<(IReadOnlyList<T> Items, string Revision)> ReadAsync<T>(DocumentKind<T> kind)
        where T : SharedDocument => AskAsync(async () =>
        {
            var fields = await Database.HashGetAllAsync(kind.Key);
            var revision = "none";
            var items = new List<T>(fields.Length);
            foreach (var field in fields)
            {
                if (field.Name == Revision)
                {
                    revision = field.Value.ToString();
                }
                else if (Read(kind, field.Value) is { } item)
                {
                    items.Add(item);
                }
            }

            items.Sort(Compare);
            return ((IReadOnlyList<T>)items, revision);
        });

    /// <param name="kind">The kind.</param>
    /// <param name="document">The document; its version and time are set here.</param>
    /// <param name="expected">The version it replaces; 0 for one that must be new, null for whatever is there.</param>
    public Task<WriteResult<T>> WriteAsync<T>(DocumentKind<T> kind, T document, long? expected)
        where T : SharedDocument => AskAsync(() => ChangeAsync(kind, document.Id, expected, (present, count) =>
            present is null && count >= kind.Limit
                ? null
                : document with { Version = (present?.Version ?? 0) + 1, UpdatedAt = time.GetUtcNow() }));

    /// <param name="kind">The kind.</param>
    /// <param name="id">Which one.</param>
    /// <param name="expected">The version that is deleted; null for whatever is there.</param>
    public Task<WriteResult<T>> DeleteAsync<T>(DocumentKind<T> kind, string id, long? expected)
        where T : SharedDocument => AskAsync(() => ChangeAsync<T>(kind, id, expected, change: null));

    private async Task<WriteResult<T>> ChangeAsync<T>(DocumentKind<T> kind, string id, long? expected, Func<T?, int, T?>? change)
        where T : SharedDocument
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var (items, revision) = await ReadAsync(kind);
            var present = items.FirstOrDefault(item => item.Id == id);
            if (present is null && (change is null || expected > 0))
            {
                return new(WriteOutcome.Missing, null);
            }

            if (expected is { } version && version != (present?.Version ?? 0))
            {
                return new(WriteOutcome.Changed, present);
            }

            var next = change?.Invoke(present, items.Count);
            if (change is not null && next is null)
            {
                return new(WriteOutcome.Full, null);
            }

            var transaction = Database.CreateTransaction();
            transaction.AddCondition(revision == "none" ? Condition.HashNotExists(kind.Key, Revision) : Condition.HashEqual(kind.Key, Revision, revision));
            _ = next is null
                ? (Task)transaction.HashDeleteAsync(kind.Key, id)
                : transaction.HashSetAsync(kind.Key, id, JsonSerializer.SerializeToUtf8Bytes(next, kind.Json));
            _ = transaction.HashSetAsync(kind.Key, Revision, Guid.NewGuid().ToString("N"));
            if (await transaction.ExecuteAsync())
            {
                return new(WriteOutcome.Done, next);
            }
        }

        throw new LogAwayException($"{Attempts} times another writer of {kind.One}s was first.");
    }

    private static T? Read<T>(DocumentKind<T> kind, RedisValue value)
        where T : SharedDocument
    {
        try
        {
            return JsonSerializer.Deserialize(((ReadOnlyMemory<byte>)value).Span, kind.Json);
        }
        catch (JsonException)
        {
            // Somebody else wrote into the hash; what is ours in it is still of use.
            return null;
        }
    }

    private static int Compare(SharedDocument a, SharedDocument b)
    {
        var order = a is SavedView left && b is SavedView right ? left.Order.CompareTo(right.Order) : 0;
        order = order != 0 ? order : string.Compare(a.Name, b.Name, StringComparison.OrdinalIgnoreCase);
        return order != 0 ? order : string.CompareOrdinal(a.Id, b.Id);
    }

    private static async Task<T> AskAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask().NotForgottenAsync();
        }
        catch (Exception error) when (RedisFailure.IsAway(error))
        {
            throw new LogAwayException($"Redis, which keeps views and boards, does not answer: {error.Message}", error);
        }
    }
}
