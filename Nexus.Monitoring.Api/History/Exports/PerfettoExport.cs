using System.Buffers;
using System.Text.Json;
using DuckDB.NET.Data;
using Nexus.Monitoring.Api.History.Reading;
using Nexus.Monitoring.Contracts.Json;

namespace Nexus.Monitoring.Api.History.Exports;

/// <summary>
/// Chrome's trace event format, which Perfetto and chrome://tracing open: a process for each project, a thread for each worker, a bar for
/// what took time, a mark for everything else.
/// </summary>
/// <seealso href="https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU"/>
internal sealed class PerfettoExport : IExportFormat
{
    /// <summary>Events without a worker; workers count from 0.</summary>
    private const int NoWorker = 1_000_000;

    /// <summary>As many as there are projects.</summary>
    private readonly Dictionary<string, int> _processes = [];

    private readonly ArrayBufferWriter<byte> _buffer = new();
    private bool _hasWritten;

    public void Begin(IBufferWriter<byte> output) => output.Write("{\"displayTimeUnit\":\"ms\",\"traceEvents\":["u8);

    public void Write(DuckDBDataReader row, IBufferWriter<byte> output)
    {
        var project = row.Text(ExportRows.Project) ?? "no project";
        if (!_processes.TryGetValue(project, out var process))
        {
            _processes[project] = process = _processes.Count + 1;
            Add(output, json =>
            {
                json.WriteString("name", "process_name");
                json.WriteString("ph", "M");
                json.WriteNumber("pid", process);
                json.WriteStartObject("args");
                json.WriteString("name", project);
                json.WriteEndObject();
            });
        }

        Add(output, json => WriteEvent(json, row, process));
    }

    public void End(IBufferWriter<byte> output) => output.Write("\n]}\n"u8);

    private static void WriteEvent(Utf8JsonWriter json, DuckDBDataReader row, int process)
    {
        var took = row.Integer(ExportRows.TookMs);
        var type = row.GetString(ExportRows.EventType);
        json.WriteString("name", row.Text(ExportRows.TaskType) ?? row.Text(ExportRows.Phase) ?? type);
        json.WriteString("cat", type);
        json.WriteString("ph", took is null ? "i" : "X");
        json.WriteNumber("ts", (row.GetInt64(ExportRows.Ms) - (took ?? 0)) * 1000);
        if (took is { } duration)
        {
            json.WriteNumber("dur", duration * 1000);
        }
        else
        {
            json.WriteString("s", "t");
        }

        json.WriteNumber("pid", process);
        json.WriteNumber("tid", row.Integer(ExportRows.Worker) ?? NoWorker);
        json.WriteStartObject("args");
        foreach (var column in new[] { ExportRows.Cursor, ExportRows.Run, ExportRows.Task, ExportRows.Phase, ExportRows.Message,
            ExportRows.Error })
        {
            if (row.Text(column) is { } text)
            {
                json.WriteString(ExportRows.Names[column], text);
            }
        }

        json.WriteEndObject();
    }

    private void Add(IBufferWriter<byte> output, Action<Utf8JsonWriter> write)
    {
        _buffer.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_buffer, new JsonWriterOptions { Encoder = MonitoringJson.Encoder }))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        output.Write(_hasWritten ? ",\n"u8 : "\n"u8);
        output.Write(_buffer.WrittenSpan);
        _hasWritten = true;
    }
}
