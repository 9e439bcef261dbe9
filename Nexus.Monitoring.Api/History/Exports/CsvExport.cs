using System.Buffers;
using System.Globalization;
using System.Text;
using DuckDB.NET.Data;

namespace Nexus.Monitoring.Api.History.Exports;

/// <summary>
/// Comma-separated values with a header line. A text that a spreadsheet would run as a formula gets an apostrophe before it.
/// </summary>
/// <seealso href="https://www.rfc-editor.org/rfc/rfc4180"/>
/// <seealso href="https://owasp.org/www-community/attacks/CSV_Injection"/>
internal sealed class CsvExport : IExportFormat
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n");
    private readonly StringBuilder _line = new();

    public void Begin(IBufferWriter<byte> output) => Encoding.UTF8.GetBytes(string.Join(',', ExportRows.Names) + "\r\n", output);

    public void Write(DuckDBDataReader row, IBufferWriter<byte> output)
    {
        _line.Clear();
        for (var column = 0; column < ExportRows.Names.Count; column++)
        {
            if (column > 0)
            {
                _line.Append(',');
            }

            if (!row.IsDBNull(column))
            {
                Append(row.GetValue(column));
            }
        }

        _line.Append("\r\n");
        foreach (var chunk in _line.GetChunks())
        {
            Encoding.UTF8.GetBytes(chunk.Span, output);
        }
    }

    public void End(IBufferWriter<byte> output)
    {
    }

    /// <summary>A cell that shows the text and nothing else.</summary>
    public static string Cell(string text)
    {
        var safe = text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' ? "'" + text : text;
        return safe.AsSpan().ContainsAny(Quoted) || safe.StartsWith(' ') || safe.EndsWith(' ')
            ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : safe;
    }

    private void Append(object value) => _line.Append(value switch
    {
        string text => Cell(text),
        DateTime time => time.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new ArgumentOutOfRangeException(nameof(value)),
    });
}
