using System.Net;
using Microsoft.Extensions.Time.Testing;
using Nexus.Monitoring.Contracts.History;
using Nexus.Monitoring.Contracts.Json;
using Nexus.Monitoring.Web.Api;

namespace Nexus.Monitoring.Web.Tests.Api;

public sealed class SharedAnswersTests : IDisposable
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(5);
    private readonly FakeTimeProvider _clock = new();
    private readonly ScriptedApi _api = new();

    public void Dispose() => _api.Dispose();

    [Fact]
    public async Task Get_ManyAtOnce_AskOnce()
    {
        var answers = new SharedAnswers(new ApiReader(_api), _clock);

        var waiting = Enumerable.Range(0, 10).Select(_ => GetAsync(answers, "api/a")).ToList();
        _api.Release();
        await Task.WhenAll(waiting);
        await GetAsync(answers, "api/a");

        Assert.Equal(["/api/a"], _api.Asked);
    }

    [Fact]
    public async Task Get_AnswerHasAged_AsksAnew()
    {
        var answers = new SharedAnswers(new ApiReader(_api), _clock);
        _api.Release();
        await GetAsync(answers, "api/a");
        _clock.Advance(MaxAge + TimeSpan.FromMilliseconds(1));

        await GetAsync(answers, "api/a");

        Assert.Equal(2, _api.Asked.Count);
    }

    [Fact]
    public async Task Get_OneOfTwoGoesAway_TheOtherIsAnswered()
    {
        var answers = new SharedAnswers(new ApiReader(_api), _clock);
        using var leaves = new CancellationTokenSource();
        var (gone, stays) = (GetAsync(answers, "api/a", leaves.Token), GetAsync(answers, "api/a"));

        await leaves.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        _api.Release();
        await stays;

        Assert.Equal(0, _api.TakenBack);
    }

    [Fact]
    public async Task Get_NobodyWaitsAnyMore_TakesTheQuestionBack()
    {
        var answers = new SharedAnswers(new ApiReader(_api), _clock);
        using var leaves = new CancellationTokenSource();
        var gone = GetAsync(answers, "api/a", leaves.Token);

        await leaves.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);

        await Eventually.IsTrueAsync(() => _api.TakenBack == 1, "the API is told that nobody waits");
    }

    [Fact]
    public async Task Get_Refused_IsNotKept()
    {
        var answers = new SharedAnswers(new ApiReader(_api), _clock);
        _api.Status = HttpStatusCode.ServiceUnavailable;
        _api.Release();
        await Assert.ThrowsAsync<ApiProblemException>(() => GetAsync(answers, "api/a"));
        _api.Status = HttpStatusCode.OK;

        await GetAsync(answers, "api/a");

        Assert.Equal(2, _api.Asked.Count);
    }

    [Fact]
    public async Task Get_MoreQuestionsThanAreKept_ForgetsTheOldest()
    {
        var answers = new SharedAnswers(new ApiReader(_api), _clock);
        _api.Release();
        for (var i = 0; i <= SharedAnswers.Capacity; i++)
        {
            await GetAsync(answers, $"api/{i}");
            _clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        await GetAsync(answers, $"api/{SharedAnswers.Capacity}");
        Assert.Equal(SharedAnswers.Capacity + 1, _api.Asked.Count);
        await GetAsync(answers, "api/0");
        Assert.Equal(SharedAnswers.Capacity + 2, _api.Asked.Count);
    }

    private static Task<SeriesAnswer> GetAsync(SharedAnswers answers, string address, CancellationToken cancellationToken = default) =>
        answers.GetAsync(address, MonitoringJson.Context.SeriesAnswer, MaxAge, cancellationToken);

    /// <summary>Answers when it is released.</summary>
    private sealed class ScriptedApi : HttpMessageHandler, IHttpClientFactory
    {
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public List<string> Asked { get; } = [];

        public int TakenBack { get; private set; }

        public HttpStatusCode Status { get; set; } = HttpStatusCode.OK;

        public HttpClient CreateClient(string name) => new(this, disposeHandler: false) { BaseAddress = new("http://api") };

        public void Release() => _released.TrySetResult();

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked.Add(request.RequestUri!.AbsolutePath);
            try
            {
                await _released.Task.WaitAsync(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                TakenBack++;
                throw;
            }

            return new HttpResponseMessage(Status)
            {
                Content = new StringContent("""{"from":"2026-11-23T12:00:00Z","to":"2026-11-23T13:00:00Z","bucket_ms":30000,"series":[]}"""),
            };
        }
    }
}
