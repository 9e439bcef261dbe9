using DuckDB.NET.Data;

namespace Nexus.Monitoring.Api.History.Writing;

/// <summary>Appends minutes to their tables, within the transaction of the connection. Not thread-safe.</summary>
internal sealed class MinuteTables(DuckDBConnection connection) : IDisposable
{
    private readonly DuckDBAppender _events = connection.CreateAppender("minutes");
    private readonly DuckDBAppender _tasks = connection.CreateAppender("minute_task_times");
    private readonly DuckDBAppender _projects = connection.CreateAppender("minute_project_times");
    private readonly DuckDBAppender _workerTimes = connection.CreateAppender("minute_worker_times");
    private readonly DuckDBAppender _workers = connection.CreateAppender("minute_workers");

    public void Append(long minute, MinuteTally tally)
    {
        foreach (var (kind, count) in tally.Events)
        {
            _events.CreateRow().AppendValue(minute).Text(kind.Project).AppendValue(kind.EventType).Text(kind.Task.TaskType)
                .Text(kind.Task.Phase).AppendValue(count).EndRow();
        }

        foreach (var ((task, time), sum) in tally.TaskTimes)
        {
            Append(_tasks.CreateRow().AppendValue(minute).Text(task.TaskType).Text(task.Phase), time, sum);
        }

        foreach (var ((project, time), sum) in tally.ProjectTimes)
        {
            Append(_projects.CreateRow().AppendValue(minute).Text(project), time, sum);
        }

        foreach (var ((worker, time), sum) in tally.WorkerTimes)
        {
            Append(_workerTimes.CreateRow().AppendValue(minute).AppendValue(worker), time, sum);
        }

        foreach (var (worker, sum) in tally.Workers)
        {
            _workers.CreateRow().AppendValue(minute).AppendValue(worker).AppendValue(sum.Completed).AppendValue(sum.Failed)
                .AppendValue(sum.BusyMs).EndRow();
        }
    }

    /// <summary>Hands everything over to the transaction.</summary>
    public void Dispose()
    {
        _events.Dispose();
        _tasks.Dispose();
        _projects.Dispose();
        _workerTimes.Dispose();
        _workers.Dispose();
    }

    private static void Append(IDuckDBAppenderRow row, MinuteTally.TimeKind time, MinuteTally.TimeSum sum) =>
        row.AppendValue(time.IsWait).AppendValue(time.Bucket).AppendValue(sum.Count).AppendValue(sum.Total).AppendValue(sum.Most).EndRow();
}
