using System.Collections.Concurrent;
using Nexus.Monitoring.Contracts.Json;
using Nexus.Monitoring.Web.Api;
using Nexus.Monitoring.Web.Pages;

namespace Nexus.Monitoring.Web.Sessions;

/// <summary>The imported sessions of the API. Thread-safe.</summary>
internal sealed class ImportedSessions(ApiReader api)
{
    private const string Path = "api/sessions";

    /// <summary>Sessions of which it is remembered where they end; a few bytes each.</summary>
    private const int MostKnown = 256;

    private readonly ConcurrentDictionary<string, ImportedSession> _known = new(StringComparer.Ordinal);

    /// <summary>The newest first.</summary>
    /// <exception cref="ApiProblemException">They cannot be had.</exception>
    public Task<IReadOnlyList<SessionFile>> ListAsync(CancellationToken cancellationToken) =>
        api.GetAsync(Path, SessionJson.Default.IReadOnlyListSessionFile, cancellationToken);

    /// <exception cref="ApiProblemException">There is none of this id, or it cannot be read.</exception>
    public async Task<ImportedSession> FindAsync(string id, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(id, out var known))
        {
            return known;
        }

        var last = await api.GetAsync(
            PageAddress.With("api/events", (TimeRange.FromParameter, "1970-01-01"), (ImportedSession.Parameter, id), ("limit", "1")),
            MonitoringJson.Context.EventsFrame, cancellationToken);
        if (_known.Count >= MostKnown)
        {
            _known.Clear();
        }

        return _known[id] = new ImportedSession(id, last.Upto);
    }

    /// <exception cref="ApiProblemException">It is not deleted.</exception>
    public async Task DeleteAsync(string id, CancellationToken cancellationToken)
    {
        _known.TryRemove(id, out _);
        using var request = new HttpRequestMessage(HttpMethod.Delete, $"{Path}/{Uri.EscapeDataString(id)}");
        await api.AskAsync(
            request,
            async (response, cancel) => response.IsSuccessStatusCode ? true : throw await ApiProblemException.OfAsync(response, cancel),
            cancellationToken);
    }
}
