using System.Buffers;
using DuckDB.NET.Data;

namespace Nexus.Monitoring.Api.History.Exports;

/// <summary>Writes rows of <see cref="ExportRows"/>, one after the other.</summary>
internal interface IExportFormat
{
    void Begin(IBufferWriter<byte> output);

    void Write(DuckDBDataReader row, IBufferWriter<byte> output);

    void End(IBufferWriter<byte> output);
}
