using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Options;
using Nexus.Monitoring.Api.History;
using Nexus.Monitoring.Api.History.Exports;
using Nexus.Monitoring.Api.History.Profiles;
using Nexus.Monitoring.Api.History.Reading;
using Nexus.Monitoring.Api.History.Series;
using Nexus.Monitoring.Api.History.Storage;
using Nexus.Monitoring.Api.History.Tasks;
using Nexus.Monitoring.Api.History.Writing;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.Query;

namespace Nexus.Monitoring.Benchmarks.History;

/// <summary>
/// <c>history write 10000000 [events a commit] file</c> fills a history through the code that the writer uses; <c>history ask file [text]</c>
/// times the questions of the dashboard over all of it, or those in whose name the text stands, <c>history export file</c> is <see cref="ExportLoad"/>. Printed as Markdown rows.
/// </summary>
internal static class HistoryLoad
{
    private static readonly int DefaultCommitEvents = new HistoryOptions().CommitEvents;

    /// <summary>So many are committed one after the other, with pauses between that do not count.</summary>
    private const int CommitsAtOnce = 8;

    /// <summary>Of each question.</summary>
    private const int Repetitions = 20;

    /// <summary>Each is asked for so long before it counts: a process that has just started is still being compiled.</summary>
    private static readonly TimeSpan Warming = TimeSpan.FromSeconds(2);

    /// <summary>Only questions in whose name this stands are asked.</summary>
    private static string _asked = "";

    public static async Task RunAsync(string[] args)
    {
        var options = new HistoryOptions { Path = args[0] == "ask" ? args[1] : args[^1], Threads = 2 };
        if (args[0] == "write")
        {
            var sizes = args[1..^1].Select(size => int.Parse(size, CultureInfo.InvariantCulture)).ToList();
            await WriteAsync(options, sizes[0], sizes.ElementAtOrDefault(1) is > 0 and var commitEvents ? commitEvents : DefaultCommitEvents);
        }
        else if (args[0] == "export")
        {
            await ExportLoad.RunAsync(args[^1]);
        }
        else
        {
            _asked = args.ElementAtOrDefault(2) ?? "";
            await AskAsync(options);
        }
    }

    private static async Task WriteAsync(HistoryOptions options, int count, int commitEvents)
    {
        using var database = HistoryDatabase.Open(options);
        using var connection = database.Connect();
        var encoder = new EntryEncoder();
        var (spent, filled, committed, slowest) = (TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero);
        var bytes = 0L;
        await using var commits = new BatchCommits(connection, WriterMemory.From(connection), (_, _, _, took) =>
        {
            committed += took;
            slowest = took > slowest ? took : slowest;
        });

        // Made up beforehand, and only some at a time: a node has entries to write, not the events that they were made of.
        var all = new FleetEvents(1).Take(count).Select(one => encoder.Encode(EventJson.ToUtf8(one.Event), one.Position, EventKeys.Of(one.Event)));
        foreach (var entries in all.Chunk(CommitsAtOnce * commitEvents))
        {
            bytes += entries.Sum(entry => (long)entry.Json.Length);
            var began = Stopwatch.GetTimestamp();
            foreach (var batch in entries.Chunk(commitEvents))
            {
                var filling = Stopwatch.GetTimestamp();
                foreach (var entry in batch)
                {
                    commits.Filling.Add(entry);
                }

                filled += Stopwatch.GetElapsedTime(filling);
                await commits.BeginAsync(batch[^1].Position);
            }

            await commits.SettleAsync();
            spent += Stopwatch.GetElapsedTime(began);
        }

        var checkpoint = Stopwatch.GetTimestamp();
        connection.Execute("CHECKPOINT");
        spent += Stopwatch.GetElapsedTime(checkpoint);
        var held = Convert.ToInt64(connection.Scalar("SELECT used_blocks * block_size FROM pragma_database_size()"), CultureInfo.InvariantCulture);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {count} events | {count / spent.TotalSeconds:0} events/s, commits and checkpoints included (filling {filled / spent:0%} of the time, and beside it committing {committed / spent:0%}) | slowest commit {slowest.TotalMilliseconds:0} ms | {(double)bytes / count:0} B of JSON | {(double)held / count:0.0} B on disk, {new FileInfo(options.Path).Length / (double)count:0.0} with space to use again | resident {Environment.WorkingSet >> 20} MB |"));
    }

    private static async Task AskAsync(HistoryOptions settings)
    {
        var options = Options.Create(settings);
        using var store = new HistoryStore(options);
        var (_, head) = store.Open().ReadProgress();
        using var history = new DuckDbHistory(store, new HistoryState(), TimeProvider.System, options);
        var (first, task, run, other, id) = await history.AskAsync(
            (connection, cancel) => connection.With(cancel).Rows(
                new SqlText().Add(
                    """
                    SELECT (SELECT min(ms) FROM events), task_id, run_id, (SELECT run_id FROM events WHERE run_id IS NOT NULL LIMIT 1),
                        json_extract_string(decode(json), '$.event_id')
                    FROM events WHERE ms > (SELECT (min(ms) + max(ms)) / 2 FROM events) AND task_id IS NOT NULL LIMIT 1
                    """),
                row => (row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4)))[0],
            default);
        var everything = new ProfileScope(DateTimeOffset.FromUnixTimeMilliseconds(first), head.Time, EventQuery.All, head.Time);
        var range = new HistoryRange(LogPosition.At(everything.From), head);
        // A smaller file is asked what a large one is: by whole minutes.
        var width = Math.Max(MinuteCounts.Minute, SeriesQuestion.Fit(everything.From, everything.To));
        Console.WriteLine("| question | p50 ms | p95 ms | max ms |\n|---|---|---|---|");
        foreach (var (metric, by) in new (string, string?)[] { ("count", null), ("count", "event_type"), ("count", "project"),
            ("tasks", null), ("tasks", "task_type"), ("run", null), ("run", "task_type"), ("wait", "phase"), ("queue", null) })
        {
            var question = new SeriesQuestion(everything, metric, by, width);
            await TimeAsync($"series {metric} by {by ?? "nothing"}", () => history.SeriesAsync(question, default));
        }

        foreach (var text in new[] { "project_id:project-3", "task_type:search", "project_id:project-3 task_type:search" })
        {
            var some = everything with { Query = Parse(text) };
            foreach (var (metric, by) in new (string, string?)[] { ("count", null), ("tasks", "task_type"), ("run", null), ("run", "task_type"), ("wait", null),
                ("wait", "phase") })
            {
                var question = new SeriesQuestion(some, metric, by, width);
                await TimeAsync($"series {metric} by {by ?? "nothing"}, `{text}`", () => history.SeriesAsync(question, default));
            }

            await TimeAsync($"percentiles of running by task_type, `{text}`", () => history.DurationsAsync(some, "task_type", false, default));
            await TimeAsync($"heat map of running, `{text}`", () => history.HeatmapAsync(some, false, width, default));
            await TimeAsync($"slowest 100, `{text}`", () => history.SlowestAsync(some, 100, default));
            await TimeAsync($"workers, `{text}`", () => history.WorkersAsync(some, default));
            await TimeAsync($"error groups, `{text}`", () => history.ErrorsAsync(some, 100, default));
        }

        foreach (var by in new[] { "task_type", "phase", "worker" })
        {
            await TimeAsync($"percentiles of running by {by}", () => history.DurationsAsync(everything, by, false, default));
        }

        await TimeAsync("percentiles of waiting by task_type", () => history.DurationsAsync(everything, "task_type", true, default));
        await TimeAsync("heat map of running", () => history.HeatmapAsync(everything, false, width, default));
        await TimeAsync("heat map of waiting", () => history.HeatmapAsync(everything, true, width, default));
        await TimeAsync("slowest 100", () => history.SlowestAsync(everything, 100, default));
        await TimeAsync("workers", () => history.WorkersAsync(everything, default));
        await TimeAsync("error groups", () => history.ErrorsAsync(everything, 100, default));
        foreach (var order in TaskOrder.Names)
        {
            var question = new TaskQuestion(EventQuery.All, range, EndedTasks.EndTypes, new TaskOrder(order, false), null, 101, head.Time);
            await TimeAsync($"page of 100 tasks by {order}", () => history.TasksAsync(question, default));
        }

        // What was shown lately is remembered; the next page never was.
        TaskPlace? after = null;
        await TimeAsync("next page of 100 tasks by waiting", async () =>
        {
            var question = new TaskQuestion(EventQuery.All, range, EndedTasks.EndTypes, new TaskOrder("waiting", false), after, 101, head.Time);
            var page = await history.TasksAsync(question, default);
            after = page[^1].Place;
            return page;
        });
        var failed = new TaskQuestion(Parse("error:503"), range, EndedTasks.EndTypes, new TaskOrder("running", false), null, 101, head.Time);
        await TimeAsync("page of 100 tasks by running, `error:503`", () => history.TasksAsync(failed, default));
        await TimeAsync("number of tasks", () => history.CountTasksAsync(failed with { Query = EventQuery.All }, default));
        await TimeAsync("number of tasks, `error:503`", () => history.CountTasksAsync(failed, default));
        await TimeAsync("density in 100 buckets", () => history.DensityAsync(everything, 100, default));
        await TimeAsync("density in 100 buckets, `error:503`", () => history.DensityAsync(everything with { Query = Parse("error:503") }, 100, default));
        var middle = everything.From + ((everything.To - everything.From) / 2);
        await TimeAsync("compare the two halves", () => history.CompareAsync(everything with { To = middle }, everything with { From = middle }, default));
        var ofProject = everything with { Query = Parse("project_id:project-3") };
        await TimeAsync("compare the two halves, `project_id:project-3`", () => history.CompareAsync(ofProject with { To = middle }, ofProject with { From = middle }, default));
        await TimeAsync("compare two runs", () => history.CompareAsync(everything with { RunId = other }, everything with { RunId = run }, default));
        await TimeAsync("series run by task_type, `run_id:…`", () => history.SeriesAsync(
            new SeriesQuestion(everything with { Query = Parse($"run_id:{run}") }, "run", "task_type", width), default));
        await TimeAsync("durations by task_type, `worker:7`", () => history.DurationsAsync(everything with { Query = Parse("worker:7") }, "task_type", false, default));
        foreach (var text in new[] { "project:", "task_id:a", "meta.", "source:" })
        {
            await TimeAsync($"completion, `{text}`", () => history.SuggestAsync(QueryCaret.At(text, text.Length), 20, default));
        }

        await TimeAsync("event of an id", () => history.SearchAsync(Parse($"event_id:{id}"), range, true, 100, default));
        await TimeAsync("story of a task", () => history.TaskEventsAsync(task, 1000, default));
        await TimeAsync("story of a run", () => history.RunAsync(run, default));
        foreach (var text in new[] { "", "event_type:task_failed", "project_id:project-3 worker_id:7", "timeout",
            "\"from 39 sources; 19 were\"", "nothing-like-it", "duration_ms:>2s error:503" })
        {
            var query = Parse(text);
            await TimeAsync($"page of 100, `{text}`", () => history.SearchAsync(query, range, true, 100, default));
        }

        if (_asked.Length == 0)
        {
            await ExportAsync(history, range, "csv", new CsvExport());
            await ExportAsync(history, range, "ndjson", new JsonExport(false));
        }
    }

    private static async Task ExportAsync(DuckDbHistory history, HistoryRange range, string name, IExportFormat format)
    {
        var query = Parse("event_type:task_completed");
        GC.Collect();
        var before = Environment.WorkingSet;
        var peak = before;
        using var watch = new Timer(_ => peak = Math.Max(peak, Environment.WorkingSet), null, 0, 20);
        var began = Stopwatch.GetTimestamp();
        var written = await new HistoryExport(history, query, range, DateTimeOffset.UtcNow).WriteAsync(format, Stream.Null, default);
        var took = Stopwatch.GetElapsedTime(began);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
                $"| export {name}: {written} events | {written / took.TotalSeconds:0}/s | resident before {before >> 20} MB | peak {peak >> 20} MB |"));
    }

    private static EventQuery Parse(string text) =>
        EventQuery.TryParse(text, out var query, out var error) ? query : throw new FormatException(error.ToString());

    private static async Task TimeAsync<T>(string name, Func<Task<T>> ask)
    {
        if (!name.Contains(_asked, StringComparison.Ordinal))
        {
            return;
        }

        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < Warming)
        {
            await ask();
        }

        var times = new double[Repetitions];
        for (var i = 0; i < times.Length; i++)
        {
            began = Stopwatch.GetTimestamp();
            await ask();
            times[i] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        }

        Array.Sort(times);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
                $"| {name} | {times[times.Length / 2]:0.0} | {times[(int)(times.Length * 0.95) - 1]:0.0} | {times[^1]:0.0} |"));
    }
}
