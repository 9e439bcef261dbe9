using Microsoft.Extensions.Options;
using Nexus.Monitoring.Api.History.Storage;

namespace Nexus.Monitoring.Api.History;

/// <summary>The open database, while there is one. Opened and closed by its one owner, asked by everyone.</summary>
/// <param name="options">Where it is, and its limits.</param>
/// <param name="importedPath">An imported file, which is only read.</param>
/// <param name="memoryMegabytes">Another limit of memory than that of the options.</param>
internal sealed class HistoryStore(IOptions<HistoryOptions> options, string? importedPath = null, int? memoryMegabytes = null) : IDisposable
{
    private readonly Lock _gate = new();
    private HistoryDatabase? _database;

    public string Path => System.IO.Path.GetFullPath(importedPath ?? options.Value.Path);

    public HistoryDatabase? Current
    {
        get
        {
            lock (_gate)
            {
                return _database;
            }
        }
    }

    /// <exception cref="HistoryUnavailableException">It cannot be opened.</exception>
    public HistoryDatabase Open()
    {
        lock (_gate)
        {
            return _database ??= HistoryDatabase.Open(options.Value, importedPath, isReadOnly: importedPath is not null, memoryMegabytes);
        }
    }

    public void Close()
    {
        lock (_gate)
        {
            _database?.Dispose();
            _database = null;
        }
    }

    public void Dispose() => Close();
}
