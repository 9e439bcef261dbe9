using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Nexus.Monitoring.Client.Log;
using Nexus.Monitoring.Client.Publishing;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Client.Http;

/// <summary>
/// Brings batches to <c>POST /api/events</c>, one event a line, for processes that hold no Redis credentials. Each request names its batch
/// (<see cref="ProducerBatch"/>), so that the service can recognise one that it has appended before.
/// </summary>
internal sealed class HttpTransport(IHttpClientFactory clients, string clientName) : IEventTransport
{
    private static readonly MediaTypeHeaderValue Ndjson = new("application/x-ndjson");

    private readonly string _producerId = Guid.NewGuid().ToString("N");
    private long _lastNumber;

    public string System => "http";

    /// <summary>Well below what services and proxies take as a body.</summary>
    public int MaxBatchBytes => 512 * 1024;

    public async Task<BatchAnswer> SendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        if (batch.Number == 0)
        {
            batch.Number = ++_lastNumber;
        }

        var sent = false;
        try
        {
            var http = clients.CreateClient(clientName);
            using var request = new HttpRequestMessage(HttpMethod.Post, "api/events") { Content = Body(batch) };
            request.Headers.Add(ProducerBatch.HeaderName, new ProducerBatch(_producerId, batch.Number).ToString());
            sent = true;
            using var response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
            {
                throw await RefusedAsync(http, response, cancellationToken).ConfigureAwait(false);
            }

            return await ReadAsync(response, batch, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsTransportFailure(exception, cancellationToken))
        {
            throw new LogUnavailableException($"The monitoring service does not answer: {exception.Message}", exception) { MayBeAppended = sent };
        }
    }

    public Task WaitForRecoveryAsync(CancellationToken cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken);

    /// <summary>A request that timed out is cancelled as well, but not by our token; handlers of the client's own may throw anything.</summary>
    private static bool IsTransportFailure(Exception exception, CancellationToken cancellationToken) =>
        exception is not (OutOfMemoryException or LogUnavailableException) && !cancellationToken.IsCancellationRequested;

    private static ByteArrayContent Body(EventBatch batch)
    {
        var body = new byte[batch.Payloads.Sum(json => json.Length + 1)];
        var length = 0;
        foreach (var json in batch.Payloads)
        {
            json.Span.CopyTo(body.AsSpan(length));
            length += json.Length;
            body[length++] = (byte)'\n';
        }

        return new ByteArrayContent(body) { Headers = { ContentType = Ndjson } };
    }

    private static async Task<BatchAnswer> ReadAsync(HttpResponseMessage response, EventBatch batch, CancellationToken cancellationToken)
    {
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var answer = await JsonSerializer.DeserializeAsync(stream, IngestJsonContext.Default.IngestAnswer, cancellationToken).ConfigureAwait(false);
        var refused = (answer?.Rejected ?? []).Select(line => line.Number - 1).ToHashSet();
        var positions = new LogPosition?[batch.Events.Count];
        var cursors = new Queue<string>(answer?.Cursors ?? []);
        for (var i = 0; i < positions.Length; i++)
        {
            positions[i] = !refused.Contains(i) && cursors.TryDequeue(out var cursor) && LogPosition.TryParse(cursor, out var position)
                ? position
                : null;
        }

        return new BatchAnswer(positions) { Refused = refused.Count > 0 ? refused : null };
    }

    private static async Task<LogUnavailableException> RefusedAsync(
        HttpClient http, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var detail = await DetailAsync(response, cancellationToken).ConfigureAwait(false);
        return new LogUnavailableException(
            $"The monitoring service at {http.BaseAddress} answers {(int)response.StatusCode} {response.ReasonPhrase}{detail}")
        {
            MayBeAppended = response.StatusCode is HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout,
            RetryAfter = response.Headers.RetryAfter?.Delta,
        };
    }

    /// <summary>What RFC 9457 problem details say.</summary>
    private static async Task<string> DetailAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            var problem = await JsonSerializer.DeserializeAsync(stream, IngestJsonContext.Default.IngestProblem, cancellationToken).ConfigureAwait(false);
            return (problem?.Detail ?? problem?.Title) is { } text ? $": {text}" : ".";
        }
        catch (JsonException)
        {
            return ".";
        }
    }
}
