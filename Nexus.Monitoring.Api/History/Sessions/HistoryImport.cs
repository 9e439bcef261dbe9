using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Unicode;
using DuckDB.NET.Data;
using Nexus.Monitoring.Api.History.Reading;
using Nexus.Monitoring.Api.History.Storage;
using Nexus.Monitoring.Api.History.Writing;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.History.Sessions;

/// <summary>Takes an export into a file of its own. Its events keep their positions; one without gets the next, at its own time.</summary>
internal sealed class HistoryImport(HistorySessions sessions, HistoryOptions options)
{
    private const int MaxProblems = 20;
    private const int CommitEvents = 50_000;
    private const int MaxLineBytes = 1024 * 1024;

    private readonly List<string> _problems = [];
    private readonly WriterMemory _memory = new();
    private LogPosition _first;
    private LogPosition _last;
    private long _imported;
    private long _rejected;
    private long _number;

    public Task<ImportAnswer> ReadLinesAsync(Stream body, CancellationToken cancellationToken) =>
        ImportAsync(async batch =>
        {
            var reader = PipeReader.Create(body, new StreamPipeReaderOptions(bufferSize: 64 * 1024));
            while (true)
            {
                var read = await reader.ReadAsync(cancellationToken);
                var buffer = read.Buffer;
                while (buffer.PositionOf((byte)'\n') is { } end)
                {
                    batch.Add(buffer.Slice(0, end).ToArray());
                    buffer = buffer.Slice(buffer.GetPosition(1, end));
                }

                if (read.IsCompleted && buffer.Length > 0)
                {
                    batch.Add(buffer.ToArray());
                    buffer = buffer.Slice(buffer.End);
                }
                else if (buffer.Length > MaxLineBytes)
                {
                    throw new InvalidDataException($"Line {_number + 1} has more than {MaxLineBytes} bytes; an event a line is allowed.");
                }

                reader.AdvanceTo(buffer.Start, buffer.End);
                if (read.IsCompleted)
                {
                    break;
                }
            }
        });

    /// <summary>Reads a Parquet export, of which the columns <c>cursor</c> and <c>json</c> are needed.</summary>
    public Task<ImportAnswer> ReadParquetAsync(string file, CancellationToken cancellationToken) =>
        ImportAsync(batch =>
        {
            using var memory = new DuckDBConnection(DuckDBConnectionStringBuilder.InMemoryConnectionString);
            memory.Open();
            memory.Execute($"SET memory_limit = '{options.MemoryLimitMegabytes}MiB'");
            try
            {
                var sql = new SqlText().Add("SELECT \"cursor\", json FROM read_parquet(").Value(file).Add(")");
                memory.With(cancellationToken).Each(sql, row => batch.Add(
                    Encoding.UTF8.GetBytes(row.GetString(1)), LogPosition.TryParse(row.Text(0), out var position) ? position : null));
            }
            catch (DuckDBException error)
            {
                throw new InvalidDataException($"The body is not a Parquet export with the columns cursor and json: {error.Message.ReplaceLineEndings(" ")}", error);
            }

            return Task.CompletedTask;
        });

    private async Task<ImportAnswer> ImportAsync(Func<ImportBatch, Task> read)
    {
        var id = Guid.NewGuid().ToString("N");
        var path = sessions.PathOf(id);
        try
        {
            using (var database = HistoryDatabase.Open(options, path))
            {
                using var connection = database.Connect();
                using (var batch = new ImportBatch(connection, this))
                {
                    await read(batch);
                    batch.Commit();
                }

                connection.Execute("CHECKPOINT");
            }

            return new ImportAnswer(
                id, _imported, _rejected, _imported > 0 ? _first.ToString() : null, _imported > 0 ? _last.ToString() : null, _problems);
        }
        catch
        {
            File.Delete(path);
            File.Delete(path + ".wal");
            throw;
        }
    }

    private void Append(EventAppender appender, byte[] json, LogPosition? position)
    {
        _number++;
        if (json.AsSpan().Trim(" \t\r"u8).Length == 0)
        {
            return;
        }

        string? problem = "It is not valid UTF-8.";
        MonitoringEvent? e = null;
        if (!Utf8.IsValid(json) || !EventJson.TryRead(json, out e, out problem))
        {
            _rejected++;
            if (_problems.Count < MaxProblems)
            {
                _problems.Add($"Event {_number}: {problem}");
            }

            return;
        }

        var stated = position ?? (LogPosition.TryParse(e.Cursor, out var cursor) ? cursor : LogPosition.At(e.Timestamp));
        _last = stated > _last ? stated : new LogPosition(_last.Milliseconds, _last.Sequence + 1);
        _first = _first == default ? _last : _first;
        if (appender.Append(e, _last, e.Cursor is null ? json : EventJson.ToUtf8(e with { Cursor = null })))
        {
            _imported++;
        }
    }

    /// <summary>One transaction after the other.</summary>
    private sealed class ImportBatch(DuckDBConnection connection, HistoryImport import) : IDisposable
    {
        private DuckDBTransaction? _transaction;
        private EventAppender? _appender;
        private int _count;

        public void Add(byte[] json, LogPosition? position = null)
        {
            _transaction ??= connection.BeginTransaction();
            _appender ??= new EventAppender(connection, import._memory);
            import.Append(_appender, json, position);
            if (++_count >= CommitEvents)
            {
                Commit();
            }
        }

        public void Commit()
        {
            _appender?.Close();
            _appender?.Dispose();
            _appender = null;
            import._memory.Minutes.Write(connection, (long)import._last.Milliseconds);
            connection.Execute(
                "UPDATE progress SET head_ms = $ms, head_seq = $seq",
                new DuckDBParameter("ms", import._last.Milliseconds), new DuckDBParameter("seq", import._last.Sequence));
            _transaction?.Commit();
            _transaction?.Dispose();
            _transaction = null;
            _count = 0;
        }

        public void Dispose()
        {
            _appender?.Dispose();
            _transaction?.Dispose();
        }
    }
}
