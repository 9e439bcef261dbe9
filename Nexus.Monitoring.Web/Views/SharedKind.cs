using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Serialization.Metadata;
using Nexus.Monitoring.Contracts.Views;
using Nexus.Monitoring.Web.Api;

namespace Nexus.Monitoring.Web.Views;

/// <summary>All documents of one kind as this process last saw them.</summary>
internal sealed class SharedKind<T>(ApiReader api, string path, JsonTypeInfo<T> one, JsonTypeInfo<DocumentList<T>> list)
    where T : SharedDocument
{
    private EntityTagHeaderValue? _tag;
    private volatile IReadOnlyList<T>? _items;

    /// <summary>In their order; null until they have been read once.</summary>
    public IReadOnlyList<T>? Items => _items;

    /// <returns>Whether they are others than before.</returns>
    public async Task<bool> ReadAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (_tag is not null)
        {
            request.Headers.IfNoneMatch.Add(_tag);
        }

        return await api.AskAsync(
            request,
            async (response, cancel) =>
            {
                if (response.StatusCode == HttpStatusCode.NotModified)
                {
                    return false;
                }

                _items = (await ApiReader.ReadAsync(response, list, cancel)).Items;
                _tag = response.Headers.ETag;
                return true;
            },
            cancellationToken);
    }

    /// <summary>A document of version 0 must be new; any other replaces the version it has.</summary>
    public async Task<T> WriteAsync(T document, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"{path}/{document.Id}") { Content = JsonContent.Create(document, one) };
        if (document.Version == 0)
        {
            request.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Any);
        }
        else
        {
            request.Headers.IfMatch.Add(new($"\"{document.Version}\""));
        }

        return await api.AskAsync(request, (response, cancel) => ApiReader.ReadAsync(response, one, cancel), cancellationToken);
    }

    public async Task DeleteAsync(T document, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, $"{path}/{document.Id}");
        request.Headers.IfMatch.Add(new($"\"{document.Version}\""));
        await api.AskAsync(
            request,
            async (response, cancel) => response.IsSuccessStatusCode ? true : throw await ApiProblemException.OfAsync(response, cancel),
            cancellationToken);
    }
}
