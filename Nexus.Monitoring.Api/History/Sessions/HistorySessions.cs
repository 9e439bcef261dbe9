using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Nexus.Monitoring.Api.History.Reading;

namespace Nexus.Monitoring.Api.History.Sessions;

/// <summary>
/// Imported histories, a file each beside the one that is written. They are opened for reading when first asked for and kept open, at most
/// <see cref="MaxOpen"/> of them. Thread-safe.
/// </summary>
internal sealed class HistorySessions(HistoryState state, DuckDbHistory own, TimeProvider time, IOptions<HistoryOptions> options)
    : IDisposable
{
    public const string Parameter = "session";

    /// <summary>Each has a memory limit of its own.</summary>
    public const int MaxOpen = 8;

    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, (HistorySession Session, HistoryStore Store)> _open = new(StringComparer.Ordinal);

    public HistorySession Own { get; } = new(own, state);

    public string Folder => Path.GetFullPath(options.Value.Path) + ".imports";

    public string PathOf(string id) => Path.Combine(Folder, id + ".duckdb");

    /// <summary>The history of this id, the one that is written without one; null when there is none of this id.</summary>
    /// <exception cref="HistoryUnavailableException">It cannot be opened.</exception>
    public HistorySession? Find(string? id)
    {
        if (string.IsNullOrEmpty(id))
        {
            return Own;
        }

        // Ids are ours: anything else could name a file elsewhere.
        if (!options.Value.IsKept || !Guid.TryParseExact(id, "N", out _))
        {
            return null;
        }

        lock (_gate)
        {
            return _open.TryGetValue(id, out var known) ? known.Session
                : File.Exists(PathOf(id)) ? Open(id)
                : null;
        }
    }

    /// <summary>The imported sessions that there are, the newest first.</summary>
    public IReadOnlyList<SessionFile> List() => !options.Value.IsKept || !Directory.Exists(Folder) ? [] :
    [
        .. new DirectoryInfo(Folder).EnumerateFiles("*.duckdb")
            .Where(file => Guid.TryParseExact(Path.GetFileNameWithoutExtension(file.Name), "N", out _))
            .OrderByDescending(file => file.CreationTimeUtc)
            .Select(file => new SessionFile(Path.GetFileNameWithoutExtension(file.Name), file.CreationTimeUtc, file.Length)),
    ];

    /// <summary>Deletes an imported session; whoever is asking it gets an error.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Delete(string id)
    {
        if (!options.Value.IsKept || !Guid.TryParseExact(id, "N", out _))
        {
            return false;
        }

        lock (_gate)
        {
            if (_open.TryRemove(id, out var known))
            {
                known.Session.History.Dispose();
                known.Store.Dispose();
            }

            if (!File.Exists(PathOf(id)))
            {
                return false;
            }

            File.Delete(PathOf(id));
            File.Delete(PathOf(id) + ".wal");
            if (Directory.Exists(PathOf(id) + ".tmp"))
            {
                Directory.Delete(PathOf(id) + ".tmp", recursive: true);
            }

            return true;
        }
    }

    public void Dispose()
    {
        foreach (var (session, imported) in _open.Values)
        {
            session.History.Dispose();
            imported.Dispose();
        }
    }

    private HistorySession Open(string id)
    {
        if (_open.Count >= MaxOpen)
        {
            throw new HistoryUnavailableException($"{_open.Count} imported sessions are open, and {MaxOpen} may be; delete one (DELETE /api/sessions/{{id}}), or restart the node.");
        }

        var imported = new HistoryStore(options, PathOf(id));
        var (floor, head) = imported.Open().ReadProgress();
        var itsState = new HistoryState();
        itsState.Set(floor, head);
        var session = new HistorySession(new DuckDbHistory(imported, itsState, time, options), itsState);
        _open[id] = (session, imported);
        return session;
    }
}
