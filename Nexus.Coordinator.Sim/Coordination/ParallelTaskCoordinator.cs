using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Nexus.Coordinator.Sim.Configuration;

namespace Nexus.Coordinator.Sim.Coordination;

/// <summary>Keeps N places filled with workers, for as long as the process runs.</summary>
internal sealed partial class ParallelTaskCoordinator(
    WorkerServices services, IOptions<SimulationOptions> options, ILogger<ParallelTaskCoordinator> logger) : CoordinatorService
{
    /// <summary>By lease, so a successor under the same id is someone else. At most one a place.</summary>
    private readonly ConcurrentDictionary<string, Worker> _workers = new();

    /// <summary>The living workers of this process, by id.</summary>
    public IReadOnlyList<Worker> Workers => [.. _workers.Values.OrderBy(worker => worker.Id)];

    /// <summary>The worker with this id; null when this process has none.</summary>
    public Worker? Find(int workerId) => _workers.Values.FirstOrDefault(worker => worker.Id == workerId);

    internal override Task RunAsync(CancellationToken stopping) =>
        Task.WhenAll(Enumerable.Range(0, options.Value.Workers).Select(_ => FillPlaceAsync(stopping)));

    private async Task FillPlaceAsync(CancellationToken stopping)
    {
        try
        {
            while (true)
            {
                if (await LiveAsync(stopping) == WorkerEnd.Crashed)
                {
                    // A place stays empty while nobody knows yet that its worker died, and a while longer.
                    await Task.Delay(services.Heartbeat.TimeToLive + options.Value.WorkerReplacement, services.Time, stopping);
                }

                stopping.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task<WorkerEnd> LiveAsync(CancellationToken stopping)
    {
        var lease = await services.Availability.UntilAnsweredAsync(() => services.Registry.RegisterAsync(options.Value.TasksPerWorker), stopping);
        using var worker = new Worker(lease, services);
        _workers[lease.ToString()] = worker;
        try
        {
            var end = await worker.RunAsync(stopping);
            LogEnd(worker.Id, end);
            return end;
        }
        finally
        {
            _workers.TryRemove(lease.ToString(), out _);
        }
    }

    [LoggerMessage(2101, LogLevel.Information, "Worker {WorkerId} ended: {End}")]
    private partial void LogEnd(int workerId, WorkerEnd end);
}
