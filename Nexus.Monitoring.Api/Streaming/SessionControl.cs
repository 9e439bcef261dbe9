using Nexus.Monitoring.Contracts.Frames;

namespace Nexus.Monitoring.Api.Streaming;

/// <summary>What a client is told besides events: the state of the log, pings, and answers to its commands.</summary>
/// <param name="context">What all sessions share.</param>
/// <param name="reader">Whose position is told, and whose filter a command replaces.</param>
/// <param name="output">Where it goes.</param>
/// <param name="wake">Set when something matches the filter.</param>
internal sealed class SessionControl(SessionContext context, LogReader reader, SessionOutput output, WakeSignal wake)
{
    private LogStatus? _toldStatus;
    private volatile bool _isPingDue;

    public SessionInbox Inbox { get; } = new(wake);

    /// <summary>A client that begins while the log answers need not be told.</summary>
    public void Begin() => _toldStatus = context.Feed.Status is { IsConnected: true } connected ? connected : null;

    /// <summary>From any thread.</summary>
    public void Ping()
    {
        _isPingDue = true;
        wake.Set();
    }

    /// <summary>Sends what is due; for most steps nothing is.</summary>
    public ValueTask SendAsync() =>
        context.Feed.Status != _toldStatus || _isPingDue || Inbox.HasCommand ? SendDueAsync() : default;

    private async ValueTask SendDueAsync()
    {
        var status = context.Feed.Status;
        if (status != _toldStatus)
        {
            _toldStatus = status;
            await output.SendFrameAsync(new StatusFrame
            {
                Log = status.IsConnected ? StatusFrame.Connected : StatusFrame.Unavailable,
                Since = status.Since,
                Message = status.Message,
            });
        }

        if (_isPingDue)
        {
            _isPingDue = false;
            await output.SendFrameAsync(new PingFrame { Cursor = reader.Position });
        }

        if (Inbox.Take() is { } command)
        {
            await AnswerAsync(command);
        }
    }

    private async ValueTask AnswerAsync(ClientCommand command)
    {
        if (command.FilterProblem is { } problem)
        {
            await output.SendFrameAsync(new FilterFrame { Error = problem });
            return;
        }

        if (command.Filter is not { } filter)
        {
            await output.SendFrameAsync(new PongFrame { Cursor = reader.Position });
            return;
        }

        await output.CloseIntervalAsync(reader.Position);
        context.Feed.Leave(reader.Cohort!, wake);
        reader.Filter = filter;
        reader.Cohort = context.Feed.Join(filter, wake);
        // What came since the last step was routed by the filter of before, and woke nobody.
        wake.Set();
        await output.SendFrameAsync(FilterFrame.Of(filter) with { Cursor = reader.Position });
    }
}
