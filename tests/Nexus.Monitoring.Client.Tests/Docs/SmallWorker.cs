using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Nexus.Monitoring.Client.Publishing;
using Nexus.Monitoring.Client.Scopes;
using Nexus.Monitoring.Client.Workers;

namespace Nexus.Monitoring.Client.Tests.Docs;

/// <summary>The code of docs/instrument-your-agents.md, compiled and run, so that it stays true.</summary>
internal static class SmallWorker
{
    public static IHost Build(string[] args)
    {
        var builder = Host.CreateApplicationBuilder(args);
        builder.AddNexusMonitoring();
        builder.AddWorkerHeartbeat(workerId: 1);
        builder.Services.AddHostedService<Summarizer>();
        return builder.Build();
    }

    internal sealed class Summarizer(IMonitoringPublisher monitor, WorkerHeartbeat worker) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            using var run = monitor.StartRun(new RunDetails { RunId = Guid.NewGuid().ToString(), ProjectId = "demo", Name = "Summarise a folder" });
            string[] files = ["a.txt", "b.txt", "c.txt"];
            using (var phase = run.StartPhase("summarise", files.Length))
            {
                foreach (var file in files)
                {
                    using var task = worker.StartTask(new TaskDetails
                    {
                        TaskId = Guid.NewGuid().ToString(), RunId = run.RunId, ProjectId = run.ProjectId,
                        Phase = phase.Name, TaskType = "summarization", Message = file,
                    });
                    await Task.Delay(file.Length, stoppingToken); // your agent's work
                    task.Complete();
                    phase.Advance();
                }

                phase.Complete();
            }

            run.Complete();
        }
    }

    public static async Task<string?> QueueAsync(IMonitoringPublisher monitor, Func<string?, Task> pushAsync)
    {
        var traceParent = monitor.EnqueueTask(new TaskDetails { TaskId = "t1", TaskType = "search" });
        await pushAsync(traceParent);
        return traceParent;
    }

    public static async Task WorkAsync(WorkerHeartbeat worker, string? traceParent, int attempt, Func<Task> searchAsync)
    {
        var details = new TaskDetails { TaskId = "t1", TaskType = "search", RetryCount = attempt };
        using var task = worker.StartTask(details.WithParent(traceParent));
        try
        {
            await searchAsync();
            task.Complete("3 hits");
        }
        catch (TimeoutException error) when (attempt < 2)
        {
            task.Retry(error, delay: TimeSpan.FromSeconds(5));
        }
        catch (Exception error)
        {
            task.Fail(error);
            throw;
        }
    }

    public static void PublishPlain(IMonitoringPublisher monitor)
    {
        if (monitor.IsEnabled)
        {
            monitor.Publish(monitor.NewEvent("model_switched") with { ProjectId = "demo", Message = "large to small" });
        }
    }

    public static void AddOverHttp(IHostApplicationBuilder builder) =>
        builder.AddNexusMonitoringHttp(new Uri("http://localhost:8000"));
}
