using System.Threading.Channels;
using Nexus.Coordinator.Sim.Queues;

namespace Nexus.Coordinator.Sim.Orchestration;

/// <summary>A run that this process drives.</summary>
internal sealed class ActiveRun(string runId, RunPlan plan, AggregationPipeline pipeline) : IDisposable
{
    /// <summary>Holds at most one result for each open task, and those are bounded by the pipeline.</summary>
    private readonly Channel<JobResult> _results = Channel.CreateUnbounded<JobResult>(new() { SingleReader = true });

    private readonly CancellationTokenSource _lost = new();

    public string RunId => runId;

    public RunPlan Plan => plan;

    public AggregationPipeline Pipeline => pipeline;

    /// <summary>Cancelled when the queue knows nothing of this run any more.</summary>
    public CancellationToken Lost => _lost.Token;

    public void Offer(JobResult result) => _results.Writer.TryWrite(result);

    /// <summary>Waits for a result, and returns all that are there.</summary>
    public async Task<IReadOnlyList<JobResult>> ReadAsync(CancellationToken cancellationToken)
    {
        var results = new List<JobResult> { await _results.Reader.ReadAsync(cancellationToken) };
        while (_results.Reader.TryRead(out var result))
        {
            results.Add(result);
        }

        return results;
    }

    public void Lose() => _lost.Cancel();

    public void Dispose() => _lost.Dispose();
}
