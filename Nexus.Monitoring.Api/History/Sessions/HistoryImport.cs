using System.Buffers;
using System.Data.Common;
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
    private const int MaxLineBytes = 1024 * 1024;

    /// <summary>The end of the year 9999, after which there is no time.</summary>
    private const ulong MaxMilliseconds = 253_402_300_799_999;

    /// <summary>Columns are signed; events that came out of order are numbered on from here, and will not be as many again.</summary>
    private const ulong MaxSequence = long.MaxValue / 2;

    private readonly List<string> _problems = [];
    private readonly WriterMemory _memory = new();
    private LogPosition _first;
    private LogPosition _last;
    private long _imported;
    private long _rejected;
    private long _number;

    public Task<ImportAnswer> ReadLinesAsync(Stream body, CancellationToken cancellationToken) =>
        ImportAsync(async (_, batch) =>
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
        ImportAsync((database, batch) =>
        {
            using var reader = database.Connect();
            try
            {
                var sql = new SqlText().Add("SELECT \"cursor\", json FROM read_parquet(").Value(file).Add(")");
                reader.With(cancellationToken).Each(sql, row => Add(
                    database, batch, Encoding.UTF8.GetBytes(row.GetString(1)), LogPosition.TryParse(row.Text(0), out var position) ? position : null));
            }
            catch (DuckDBException error) when (!HistoryProblems.IsFull(error) && !cancellationToken.IsCancellationRequested)
            {
                throw new InvalidDataException($"The body is not a Parquet export with the columns cursor and json: {error.Message.ReplaceLineEndings(" ")}", error);
            }

            return Task.CompletedTask;
        });

    private async Task<ImportAnswer> ImportAsync(Func<HistoryDatabase, ImportBatch, Task> read)
    {
        var part = sessions.NewPart();
        try
        {
            using (var database = HistoryDatabase.Open(options, part, memoryMegabytes: options.SessionsMemoryMegabytes / 2))
            {
                using var connection = database.Connect();
                using (var batch = new ImportBatch(connection, this))
                {
                    await read(database, batch);
                    batch.Commit();
                }

                connection.Execute("CHECKPOINT");
            }

            return new ImportAnswer(
                sessions.Accept(part), _imported, _rejected, _imported > 0 ? _first.ToString() : null, _imported > 0 ? _last.ToString() : null,
                _problems);
        }
        catch (DbException error)
        {
            throw HistoryProblems.Explain(error, part);
        }
        finally
        {
            HistorySessions.Remove(part);
        }
    }

    /// <summary>What goes wrong with writing is no fault of what is read.</summary>
    private static void Add(HistoryDatabase database, ImportBatch batch, byte[] json, LogPosition? position)
    {
        try
        {
            batch.Add(json, position);
        }
        catch (DbException error)
        {
            throw HistoryProblems.Explain(error, database.Path);
        }
    }

    private void CheckRoom() => sessions.CheckRoom();

    private void Read(HistoryBatch batch, byte[] json, LogPosition? position)
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
            Reject(problem);
            return;
        }

        var stated = position ?? (LogPosition.TryParse(e.Cursor, out var cursor) ? cursor : LogPosition.At(e.Timestamp));
        if (stated.Milliseconds > MaxMilliseconds || stated.Sequence > MaxSequence)
        {
            Reject($"cursor is {stated}; a position up to {MaxMilliseconds}-{MaxSequence} is allowed.");
            return;
        }

        _last = stated > _last ? stated : _last with { Sequence = _last.Sequence + 1 };
        _first = _first == default ? _last : _first;
        if (batch.Add(e, _last, e.Cursor is null ? json : EventJson.ToUtf8(e with { Cursor = null })))
        {
            _imported++;
        }
    }

    private void Reject(string problem)
    {
        _rejected++;
        if (_problems.Count < MaxProblems)
        {
            _problems.Add($"Event {_number}: {problem}");
        }
    }

    /// <summary>One transaction after the other.</summary>
    private sealed class ImportBatch(DuckDBConnection connection, HistoryImport import) : IDisposable
    {
        private readonly EventTables _tables = EventTables.Of(connection);
        private HistoryBatch? _batch;

        public void Add(byte[] json, LogPosition? position = null)
        {
            _batch ??= new HistoryBatch(_tables, import._memory);
            import.Read(_batch, json, position);
            if (_batch.IsFull(HistoryDatabase.RowGroup))
            {
                Commit();
            }
        }

        public void Commit()
        {
            if (_batch is null)
            {
                return;
            }

            _batch.End(import._last);
            _batch.Commit(connection);
            Dispose();
            import.CheckRoom();
        }

        public void Dispose()
        {
            _batch?.Dispose();
            _batch = null;
        }
    }
}
