using Microsoft.Extensions.Options;
using Nexus.Monitoring.Api.History.Reading;
using Nexus.Monitoring.Api.History.Storage;

namespace Nexus.Monitoring.Api.History.Sessions;

/// <summary>
/// Imported histories, a file each beside the one that is written. They are opened for reading when first asked for and kept open, at most
/// <see cref="MaxOpen"/> of them: the one that was asked longest ago gives way. Thread-safe.
/// </summary>
internal sealed class HistorySessions(HistoryState state, DuckDbHistory own, TimeProvider time, IOptions<HistoryOptions> options)
    : IDisposable
{
    public const string Parameter = "session";

    /// <summary>They share one half of the memory of imported sessions.</summary>
    public const int MaxOpen = 4;

    /// <summary>What is not finished is named after the process that makes it, and is nothing to any other.</summary>
    private const string Unfinished = ".part";

    private static readonly string Process = Guid.NewGuid().ToString("N");

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _imports = new(1);

    /// <summary>At most <see cref="MaxOpen"/>.</summary>
    private readonly Dictionary<string, OpenSession> _open = new(StringComparer.Ordinal);
    private long _asked;

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
            var session = _open.TryGetValue(id, out var known) ? known
                : File.Exists(PathOf(id)) ? Open(id)
                : null;
            if (session is not null)
            {
                session.LastAsked = ++_asked;
            }

            return session?.Session;
        }
    }

    /// <summary>Where to make a file that is not yet, or will never be, a session. Nobody takes it for one.</summary>
    public string NewPart()
    {
        Directory.CreateDirectory(Folder);
        return Path.Combine(Folder, $"{Guid.NewGuid():N}.{Process}{Unfinished}");
    }

    /// <summary>A finished import becomes a session.</summary>
    /// <returns>Its id.</returns>
    public string Accept(string part)
    {
        var id = Guid.NewGuid().ToString("N");
        File.Move(part, PathOf(id));
        return id;
    }

    /// <summary>Takes the turn that an import needs, until it is disposed: one at a time, for memory.</summary>
    /// <exception cref="HistoryBusyException">Another import is under way.</exception>
    /// <exception cref="SessionsFullException">There are as many sessions as may be.</exception>
    public IDisposable BeginImport()
    {
        var count = List().Count;
        if (count >= options.Value.MaxSessions)
        {
            throw new SessionsFullException(
                $"There are {count} imported sessions, as many as may be (Monitoring:History:MaxSessions); delete one (DELETE /api/sessions/{{id}}).");
        }

        CheckRoom();
        return _imports.Wait(TimeSpan.Zero)
            ? new TakenTurn(_imports)
            : throw new HistoryBusyException("Another import is under way; try again when it is through.");
    }

    /// <exception cref="SessionsFullException">What was imported has become too large.</exception>
    public void CheckRoom()
    {
        var bytes = Directory.Exists(Folder)
            ? new DirectoryInfo(Folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Exists ? file.Length : 0)
            : 0;
        if (bytes >= options.Value.MaxSessionsBytes)
        {
            throw new SessionsFullException(
                $"The imported sessions have {bytes} bytes, and {options.Value.MaxSessionsBytes} may be (Monitoring:History:MaxSessionsBytes); "
                + "delete one (DELETE /api/sessions/{id}).");
        }
    }

    /// <summary>Deletes what earlier processes did not finish. Only for who has the history of this folder to himself.</summary>
    public void RemoveLeftovers()
    {
        foreach (var entry in Directory.Exists(Folder) ? new DirectoryInfo(Folder).EnumerateFileSystemInfos().ToList() : [])
        {
            var isOurs = entry.Name.Contains(Process, StringComparison.Ordinal);
            if (!isOurs && entry.Name.Contains(Unfinished, StringComparison.Ordinal))
            {
                try
                {
                    Remove(entry.FullName);
                }
                catch (Exception error) when (error is IOException or UnauthorizedAccessException)
                {
                    // It only takes space; the next start tries again.
                }
            }
        }
    }

    /// <summary>Deletes a file and what the database has beside it.</summary>
    public static void Remove(string path)
    {
        foreach (var file in new[] { path, path + ".wal" }.Where(File.Exists))
        {
            File.Delete(file);
        }

        foreach (var folder in new[] { path, path + ".tmp" }.Where(Directory.Exists))
        {
            Directory.Delete(folder, recursive: true);
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
            if (_open.Remove(id, out var known))
            {
                known.Dispose();
            }

            if (!File.Exists(PathOf(id)))
            {
                return false;
            }

            Remove(PathOf(id));
            return true;
        }
    }

    public void Dispose()
    {
        foreach (var session in _open.Values)
        {
            session.Dispose();
        }

        _imports.Dispose();
    }

    private OpenSession Open(string id)
    {
        if (_open.Count >= MaxOpen)
        {
            CloseOne();
        }

        // One that an older program imported is brought forward first: read-only, it stays as it is.
        var memory = options.Value.SessionsMemoryMegabytes / 2 / MaxOpen;
        HistoryDatabase.Open(options.Value, PathOf(id), memoryMegabytes: memory).Dispose();
        var imported = new HistoryStore(options, PathOf(id), memory);
        var (floor, head) = imported.Open().ReadProgress();
        var itsState = new HistoryState();
        itsState.Set(floor, head);
        return _open[id] = new OpenSession(imported, new DuckDbHistory(imported, itsState, time, options), itsState);
    }

    private void CloseOne()
    {
        var (id, session) = _open.Where(one => one.Value.IsIdle).OrderBy(one => one.Value.LastAsked).FirstOrDefault();
        if (session is null)
        {
            throw new HistoryBusyException($"{MaxOpen} imported sessions are being asked, as many as may be at the same time; try again later.");
        }

        session.Close();
        _open.Remove(id);
    }
}
