namespace Nexus.Monitoring.Client.Redis;

/// <summary>Bounds how long a call to Redis is waited for.</summary>
public static class RedisPatience
{
    /// <summary>
    /// Longer than the client waits by itself (5 s unless configured) and than any call of ours takes: what is still unanswered then was forgotten on a
    /// connection that broke, and would be waited for for ever.
    /// </summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>Waits for the answer for at most <see cref="Longest"/>.</summary>
    /// <param name="call">A call that was made.</param>
    /// <param name="cancellationToken">Ends the waiting; the call goes on.</param>
    /// <exception cref="TimeoutException">There was no answer, which <see cref="RedisFailure.IsAway"/> takes for what it is.</exception>
    public static Task<T> NotForgottenAsync<T>(this Task<T> call, CancellationToken cancellationToken = default) =>
        call.WaitAsync(Longest, cancellationToken);

    /// <inheritdoc cref="NotForgottenAsync{T}"/>
    public static Task NotForgottenAsync(this Task call, CancellationToken cancellationToken = default) => call.WaitAsync(Longest, cancellationToken);
}
