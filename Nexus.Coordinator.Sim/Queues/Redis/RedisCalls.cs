using Nexus.Monitoring.Client.Redis;
using StackExchange.Redis;

namespace Nexus.Coordinator.Sim.Queues.Redis;

/// <summary>Turns the ways in which Redis can be away into the one that the coordinator knows.</summary>
internal static class RedisCalls
{
    public static async Task<T> AnsweredAsync<T>(this Task<T> call)
    {
        try
        {
            return await call.NotForgottenAsync();
        }
        catch (Exception exception) when (IsAway(exception))
        {
            throw new QueueUnavailableException(exception);
        }
    }

    public static async Task AnsweredAsync(this Task call)
    {
        try
        {
            await call.NotForgottenAsync();
        }
        catch (Exception exception) when (IsAway(exception))
        {
            throw new QueueUnavailableException(exception);
        }
    }

    /// <summary>
    /// Runs a transaction under its conditions: all of its commands, or none when a condition no longer holds. Answers to single
    /// commands are not needed, and would fault without a reader when a condition fails, so they are watched here.
    /// </summary>
    public static async Task<bool> TransactAsync(
        this IDatabase database, IEnumerable<Condition> conditions, Func<ITransaction, IEnumerable<Task>> commands)
    {
        var transaction = database.CreateTransaction();
        foreach (var condition in conditions)
        {
            transaction.AddCondition(condition);
        }

        var answers = commands(transaction).ToList();
        var done = await transaction.ExecuteAsync().AnsweredAsync();
        if (done)
        {
            await Task.WhenAll(answers).AnsweredAsync();
        }

        return done;
    }

    /// <summary>A server that is loading its data, or has become a replica, answers with an error; it counts as away too.</summary>
    private static bool IsAway(Exception exception) =>
        exception is RedisServerException server
            ? server.Kind is RedisErrorKind.Loading or RedisErrorKind.ReadOnly
            : RedisFailure.IsAway(exception);
}
