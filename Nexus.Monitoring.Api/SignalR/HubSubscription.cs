using Microsoft.AspNetCore.SignalR;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Api.TimeMachine.Replays;

namespace Nexus.Monitoring.Api.SignalR;

/// <summary>The running session of one hub connection.</summary>
internal sealed class HubSubscription(IStreamSession session, HubCallerContext connection, ILogger logger, Action? ended = null)
{
    private Task _running = Task.CompletedTask;

    /// <summary>The session, when it is a replay.</summary>
    public ReplaySession? Replay => session as ReplaySession;

    public void Start() => _running = RunAsync();

    /// <summary>Completes when nothing more is sent for this subscription.</summary>
    public async Task StopAsync()
    {
        session.End();
        await _running;
    }

    private async Task RunAsync()
    {
        // The invocation that subscribed is answered first.
        await Task.Yield();
        try
        {
            switch (await session.RunAsync(connection.ConnectionAborted))
            {
                case SessionEnd.SlowConsumer:
                    logger.SlowHubClient(session.Position);
                    connection.Abort();
                    break;
                case SessionEnd.UnknownCursor:
                    logger.UnknownHubCursor(session.Position);
                    connection.Abort();
                    break;
            }
        }
        catch (OperationCanceledException)
        {
            // The client left.
        }
        catch (Exception error)
        {
            logger.SessionFailed(error);
            connection.Abort();
        }
        finally
        {
            ended?.Invoke();
        }
    }
}
