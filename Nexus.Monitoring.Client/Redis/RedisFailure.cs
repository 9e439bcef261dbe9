using System.Net.Sockets;
using StackExchange.Redis;

namespace Nexus.Monitoring.Client.Redis;

/// <summary>Tells why a call to Redis failed.</summary>
public static class RedisFailure
{
    /// <summary>
    /// Whether the call failed because Redis, or the connection to it, is away or refuses, and may work when it is made again. The client does not
    /// wrap everything that it meets: a connection that is cut in the middle of an answer can come out as a cancellation that nobody asked for, one
    /// that is cut in the middle of a command as the complaint of a pipe that was completed.
    /// </summary>
    /// <param name="exception">What the call threw.</param>
    /// <param name="cancellationToken">What the caller may have cancelled the call with; such a cancellation is none of Redis's.</param>
    public static bool IsAway(Exception exception, CancellationToken cancellationToken = default) =>
        exception is RedisException or TimeoutException or ObjectDisposedException or IOException or SocketException
        || exception is InvalidOperationException { Source: "System.IO.Pipelines" }
        || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested);
}
