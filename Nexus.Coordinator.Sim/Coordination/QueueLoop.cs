using Nexus.Coordinator.Sim.Queues;

namespace Nexus.Coordinator.Sim.Coordination;

/// <summary>Does something with the queue at every tick. A queue that is away costs a tick, nothing else; any other failure stops the host.</summary>
internal abstract class QueueLoop(TimeSpan period, QueueAvailability availability, TimeProvider time) : BackgroundService
{
    protected QueueAvailability Availability => availability;

    protected TimeProvider Time => time;

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(period, time);
        try
        {
            do
            {
                await TryTickAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    protected async Task TryTickAsync(CancellationToken cancellationToken)
    {
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
