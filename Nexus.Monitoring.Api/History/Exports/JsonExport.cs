using System.Buffers;
using DuckDB.NET.Data;
using Nexus.Monitoring.Api.History.Reading;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.History.Exports;

/// <summary>The events as they were appended, with their cursor: one a line, or as an array.</summary>
internal sealed class JsonExport(bool isArray) : IExportFormat
{
    private readonly EventRows _rows = new();
    private bool _hasWritten;

    public void Begin(IBufferWriter<byte> output) => output.Write(isArray ? "["u8 : []);

    public void Write(DuckDBDataReader row, IBufferWriter<byte> output)
    {
        output.Write(isArray && _hasWritten ? ",\n"u8 : isArray ? "\n"u8 : []);
        EventJson.WriteWithCursor(_rows.ReadJson(row, ExportRows.Json), LogPosition.Parse(row.GetString(ExportRows.Cursor)), output);
        output.Write(isArray ? [] : "\n"u8);
        _hasWritten = true;
    }

    public void End(IBufferWriter<byte> output) => output.Write(isArray ? "\n]\n"u8 : []);
}
