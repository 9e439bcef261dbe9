using DuckDB.NET.Data;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.History.Storage;

/// <summary>
/// The database file, opened once for this process. Connections of it see one another's commits; each is for one thread at a time.
/// </summary>
internal sealed class HistoryDatabase : IDisposable
{
    /// <summary>
    /// Rows that the database compresses, stores and gives up together. A transaction of just as many is compressed once; what is left over of a smaller or larger
    /// one is compressed again with the rows that come after it.
    /// </summary>
    public const int RowGroup = 122_880;

    /// <summary>
    /// Megabytes below which one thread has to do. To write a Parquet file in the order of the rows, each of several threads holds back what
    /// it is ahead with: a million events did not fit into 256 MB, and did into 384. One thread holds nothing back, and takes as long.
    /// </summary>
    private const int MemoryForThreads = 384;

    private readonly DuckDBConnection _root;

    private HistoryDatabase(DuckDBConnection root, string path)
    {
        _root = root;
        Path = path;
    }

    public string Path { get; }

    /// <summary>Where temporary files of the database and of exports lie.</summary>
    public string TempFolder => Path + ".tmp";

    /// <exception cref="HistoryUnavailableException">It cannot be opened; the message says why.</exception>
    /// <param name="options">Its limits.</param>
    /// <param name="path">Another file than that of the options.</param>
    /// <param name="isReadOnly">Whether it stays as it is.</param>
    /// <param name="memoryMegabytes">Another limit of memory.</param>
    public static HistoryDatabase Open(HistoryOptions options, string? path = null, bool isReadOnly = false, int? memoryMegabytes = null)
    {
        path = System.IO.Path.GetFullPath(path ?? options.Path);
        var memory = memoryMegabytes ?? options.MemoryLimitMegabytes;
        DuckDBConnection? root = null;
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
            root = new DuckDBConnection(new DuckDBConnectionStringBuilder
            {
                DataSource = path,
                AccessMode = isReadOnly ? DuckDBAccessMode.ReadOnly : DuckDBAccessMode.ReadWrite,
                Threads = memory < MemoryForThreads ? 1 : options.Threads,
                MemoryLimit = $"{memory}MiB",
                TempDirectory = path + ".tmp",
                CheckpointThreshold = $"{options.CheckpointMegabytes}MiB",
                StorageCompatibilityVersion = "v1.5.0",
                AutoinstallKnownExtensions = false,
                AutoloadKnownExtensions = false,
            }.ConnectionString);
            root.Open();
            var database = new HistoryDatabase(root, path);
            database.Migrate(isReadOnly);
            return database;
        }
        catch (Exception error) when (error is DuckDBException or IOException or UnauthorizedAccessException)
        {
            root?.Dispose();
            throw HistoryProblems.Explain(error, path);
        }
        catch (HistoryUnavailableException)
        {
            root?.Dispose();
            throw;
        }
    }

    public DuckDBConnection Connect()
    {
        var connection = new DuckDBConnection(_root.ConnectionString);
        connection.Open();
        return connection;
    }

    public (LogPosition Floor, LogPosition Head) ReadProgress()
    {
        using var connection = Connect();
        return ReadProgress(connection);
    }

    /// <summary>As the transaction of the connection sees it.</summary>
    public static (LogPosition Floor, LogPosition Head) ReadProgress(DuckDBConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT floor_ms, floor_seq, head_ms, head_seq FROM progress, retention";
        using var reader = command.ExecuteReader();
        return reader.Read()
            ? (new(reader.GetFieldValue<ulong>(0), reader.GetFieldValue<ulong>(1)),
                new(reader.GetFieldValue<ulong>(2), reader.GetFieldValue<ulong>(3)))
            : throw new HistoryUnavailableException("The history file has lost where it ends; move it away, and a new one begins.");
    }

    public void Dispose() => _root.Dispose();

    private void Migrate(bool isReadOnly)
    {
        using var connection = Connect();
        connection.Execute(isReadOnly ? "SELECT 1" : "CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)");
        var version = Convert.ToInt32(connection.Scalar("SELECT coalesce(max(version), 0) FROM schema_version"), null);
        if (version > HistorySchema.Version)
        {
            throw new HistoryUnavailableException(
                $"History file {Path} has schema version {version}, and this program knows versions up to {HistorySchema.Version}; "
                + "run the newer program, or move the file away, and a new one begins.");
        }

        for (; version < HistorySchema.Version && !isReadOnly; version++)
        {
            using var transaction = connection.BeginTransaction();
            connection.Execute(HistorySchema.Migrations[version]);
            connection.Execute("DELETE FROM schema_version");
            connection.Execute("INSERT INTO schema_version VALUES ($version)", new DuckDBParameter("version", version + 1));
            transaction.Commit();
        }
    }
}
