using System.Collections.Concurrent;

namespace Nexus.Monitoring.Web.Events;

/// <summary>Exports that a page watches: the page opens one, the browser's download fills it.</summary>
internal sealed class ExportWatch
{
    private readonly ConcurrentDictionary<string, ExportProgress> _watched = new(StringComparer.Ordinal);

    public ExportProgress Open(ExportFormat format)
    {
        var progress = new ExportProgress(Guid.NewGuid().ToString("N"), format);
        _watched[progress.Id] = progress;
        return progress;
    }

    public ExportProgress? Find(string? id) => id is not null && _watched.TryGetValue(id, out var progress) ? progress : null;

    /// <summary>Nobody watches it any more.</summary>
    public void Close(ExportProgress progress) => _watched.TryRemove(progress.Id, out _);
}
