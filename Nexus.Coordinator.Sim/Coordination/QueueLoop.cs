using Nexus.Coordinator.Sim.Queues;

namespace Nexus.Coordinator.Sim.Coordination;

/// <summary>Does something with the queue at every tick. A queue that is away costs a tick, nothing else; any other failure stops the host.</summary>
internal abstract class QueueLoop(TimeSpan period, QueueAvailability availability, TimeProvider time) : CoordinatorService
{
    protected QueueAvailability Availability => availability;

    protected TimeProvider Time => time;

    internal sealed override async Task RunAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(period, time);
        try
        {
            do
            {
                await TryTickAsync(stopping);
            }
            while (await timer.WaitForNextTickAsync(stopping));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    /// <summary>Whether this tick is to be used.</summary>
    protected virtual bool IsTime => true;

    protected async Task TryTickAsync(CancellationToken cancellationToken)
    {
        if (!IsTime)
        {
            return;
        }

        try
        {
            await TickAsync(cancellationToken);
            availability.Answered();
        }
        catch (QueueUnavailableException exception)
        {
            availability.DidNotAnswer(exception);
        }
    }

    protected abstract Task TickAsync(CancellationToken cancellationToken);
}
