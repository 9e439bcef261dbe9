using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Options;
using Nexus.Monitoring.Api.History;
using Nexus.Monitoring.Api.History.Exports;
using Nexus.Monitoring.Api.History.Reading;
using Nexus.Monitoring.Api.History.Storage;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.Query;

namespace Nexus.Monitoring.Benchmarks.History;

/// <summary>
/// <c>history export file</c> exports all of a history in each format, to nowhere, and watches what that takes of memory: resident, and of it
/// what the database says it holds, which its limit bounds. Printed as Markdown rows.
/// </summary>
internal static class ExportLoad
{
    private const int MemoryLimitMegabytes = 128;

    public static async Task RunAsync(string file)
    {
        var options = Options.Create(new HistoryOptions { Path = file, Threads = 2, MemoryLimitMegabytes = MemoryLimitMegabytes });
        using var store = new HistoryStore(options);
        var (_, head) = store.Open().ReadProgress();
        using var history = new DuckDbHistory(store, new HistoryState(), TimeProvider.System, options);
        var question = new ExportQuestion(EventQuery.All, new HistoryRange(LogPosition.Start, head), DateTimeOffset.UtcNow);
        Console.WriteLine("| format | events | events/s | resident before | most | most beyond the database's memory, above before |\n|---|---|---|---|---|---|");
        foreach (var format in ExportFormats.All)
        {
            await MeasureAsync(history, store.Current!, question, format);
        }
    }

    private static async Task MeasureAsync(DuckDbHistory history, HistoryDatabase database, ExportQuestion question, string format)
    {
        var count = await history.CountAsync(question, default);
        GC.Collect();
        using var connection = database.Connect();
        var (resident, beyond) = Measure(connection);
        var (mostResident, mostBeyond) = (resident, beyond);
        var began = Stopwatch.GetTimestamp();
        var writing = WriteAsync(history, question, format);
        while (!writing.IsCompleted)
        {
            await Task.WhenAny(writing, Task.Delay(20));
            var (now, nowBeyond) = Measure(connection);
            (mostResident, mostBeyond) = (Math.Max(mostResident, now), Math.Max(mostBeyond, nowBeyond));
        }

        await writing;
        var took = Stopwatch.GetElapsedTime(began);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {format} | {count} | {count / took.TotalSeconds:0} | {resident >> 20} MB | {mostResident >> 20} MB | {(mostBeyond - beyond) >> 20} MB |"));
    }

    private static (long Resident, long Beyond) Measure(DuckDB.NET.Data.DuckDBConnection connection)
    {
        var held = Convert.ToInt64(connection.Scalar("SELECT sum(memory_usage_bytes)::BIGINT FROM duckdb_memory()"), CultureInfo.InvariantCulture);
        var resident = Environment.WorkingSet;
        return (resident, resident - held);
    }

    private static async Task WriteAsync(DuckDbHistory history, ExportQuestion question, string format)
    {
        if (format == ExportFormats.Parquet)
        {
            var file = Path.GetTempFileName();
            await history.ExportParquetAsync(question, file, default);
            File.Delete(file);
            return;
        }

        IExportFormat writer = format switch
        {
            ExportFormats.Csv => new CsvExport(),
            ExportFormats.Perfetto => new PerfettoExport(),
            _ => new JsonExport(isArray: format == ExportFormats.Json),
        };
        await history.ExportAsync(question, writer, Stream.Null, default);
    }
}
