using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace Nexus.Monitoring.Api.Handover;

/// <summary>
/// Lets a request that was upgraded pass its connection on and end. What HTTP holds for a request, more than half of what an idle stream would
/// cost, is then free, while the server still knows the connection and waits for it when it stops.
/// </summary>
internal sealed class ConnectionHandover : IDuplexPipe, IConnectionHeartbeatFeature
{
    private readonly IDuplexPipe _transport;
    private readonly GuardedReader _input;
    private readonly GuardedWriter _output;

    /// <summary>What HTTP wants to be called for; a few handlers.</summary>
    private readonly List<(Action<object> Action, object State)> _heartbeats = [];

    private Func<ConnectionContext, Task>? _successor;

    private ConnectionHandover(ConnectionContext connection)
    {
        _transport = connection.Transport;
        _input = new GuardedReader(_transport.Input);
        _output = new GuardedWriter(_transport.Output);
    }

    PipeReader IDuplexPipe.Input => _input;

    PipeWriter IDuplexPipe.Output => _output;

    /// <summary>Stands before the server's own handling of a connection.</summary>
    public static ConnectionDelegate Use(ConnectionDelegate next) => async connection =>
    {
        if (await ServeAsync(next, connection) is { } successor)
        {
            await successor(connection);
        }
    };

    /// <summary>That of a request's connection, if it may be passed on.</summary>
    public static ConnectionHandover? Of(HttpContext http) => http.Features.Get<IConnectionHeartbeatFeature>() as ConnectionHandover;

    /// <summary>What the request leaves the connection to; it begins when HTTP has let go of it.</summary>
    public void PassOn(Func<ConnectionContext, Task> successor)
    {
        _successor = successor;
        _input.IsKept = _output.IsKept = true;
    }

    void IConnectionHeartbeatFeature.OnHeartbeat(Action<object> action, object state) => _heartbeats.Add((action, state));

    /// <summary>A method of its own, so that nothing of the request is held while the successor runs.</summary>
    private static async Task<Func<ConnectionContext, Task>?> ServeAsync(ConnectionDelegate next, ConnectionContext connection)
    {
        var handover = new ConnectionHandover(connection);
        connection.Transport = handover;
        var beat = connection.Features.Get<IConnectionHeartbeatFeature>();
        var pulse = new Pulse { Of = handover };
        beat?.OnHeartbeat(static state => ((Pulse)state).Of?.Beat(), pulse);
        connection.Features.Set<IConnectionHeartbeatFeature>(handover);
        try
        {
            await next(connection);
        }
        catch (Exception) when (handover._successor is not null)
        {
            // The successor finds the connection as it is, and ends what was begun for it.
        }
        finally
        {
            pulse.Of = null;
            connection.Transport = handover._transport;
            connection.Features.Set(beat);
        }

        return handover._successor;
    }

    private void Beat()
    {
        foreach (var (action, state) in _heartbeats)
        {
            action(state);
        }
    }

    /// <summary>The server keeps its handlers as long as the connection lives, so what they hold must be let go of.</summary>
    private sealed class Pulse
    {
        public volatile ConnectionHandover? Of;
    }
}
