using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Nexus.Monitoring.Client.Reading;

namespace Nexus.Monitoring.Web.Api;

/// <summary>Asks the API one question at a time. What goes wrong is one <see cref="ApiProblemException"/> with a sentence to show.</summary>
internal sealed class ApiReader(IHttpClientFactory clients)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <exception cref="ApiProblemException">There is no answer, or it is not the one that was asked for.</exception>
    /// <exception cref="OperationCanceledException">The caller does not want it any more.</exception>
    public async Task<T> GetAsync<T>(string address, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        return await AskAsync(request, (response, cancel) => ReadAsync(response, type, cancel), cancellationToken);
    }

    /// <summary>A header of the answer, of which nothing else is read; null without it.</summary>
    /// <exception cref="ApiProblemException">There is no answer, or it is not the one that was asked for.</exception>
    /// <exception cref="OperationCanceledException">The caller does not want it any more.</exception>
    public async Task<string?> GetHeaderAsync(string address, string name, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        return await AskAsync(
            request,
            async (response, cancel) => !response.IsSuccessStatusCode ? throw await ApiProblemException.OfAsync(response, cancel)
                : response.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null,
            cancellationToken);
    }

    /// <summary>Asks with a request of one's own, and reads the answer with <paramref name="read"/>.</summary>
    /// <exception cref="ApiProblemException">There is no answer, or <paramref name="read"/> does not take it.</exception>
    /// <exception cref="OperationCanceledException">The caller does not want it any more.</exception>
    public async Task<T> AskAsync<T>(
        HttpRequestMessage request, Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Patience);
        try
        {
            using var http = clients.CreateClient(ReaderBuilderExtensions.HttpClientName);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, deadline.Token);
            return await read(response, deadline.Token);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ApiProblemException("The API does not answer.", late);
        }
        catch (HttpRequestException away)
        {
            throw new ApiProblemException("The API is not reachable.", away);
        }
        catch (IOException cut)
        {
            throw new ApiProblemException("The API's answer was cut short.", cut);
        }
        catch (JsonException strange)
        {
            throw new ApiProblemException("The API answered with something else than was asked for.", strange);
        }
    }

    /// <summary>The content of an answer that says success.</summary>
    public static async Task<T> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
        {
            throw await ApiProblemException.OfAsync(response, cancellationToken);
        }

        return await response.Content.ReadFromJsonAsync(type, cancellationToken)
            ?? throw new ApiProblemException("The API answered without content.");
    }
}
