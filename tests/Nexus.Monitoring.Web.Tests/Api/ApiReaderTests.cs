using System.Net;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Json;
using Nexus.Monitoring.Web.Api;

namespace Nexus.Monitoring.Web.Tests.Api;

public sealed class ApiReaderTests
{
    [Fact]
    public async Task GetAsync_AnswerIsCut_IsAProblemInWords()
    {
        using var api = new AnsweringApi(_ => AnsweringApi.Cut());

        var problem = await Assert.ThrowsAsync<ApiProblemException>(() => GetAsync(api));

        Assert.Equal("The API's answer was cut short.", problem.Message);
    }

    [Fact]
    public async Task GetAsync_RefusalIsCut_IsAProblemInWords()
    {
        using var api = new AnsweringApi(_ =>
        {
            var answer = AnsweringApi.Cut();
            answer.StatusCode = HttpStatusCode.InternalServerError;
            return answer;
        });

        await Assert.ThrowsAsync<ApiProblemException>(() => GetAsync(api));
    }

    private static Task<EventsFrame> GetAsync(AnsweringApi api) =>
        new ApiReader(api).GetAsync("api/events", MonitoringJson.Context.EventsFrame, CancellationToken.None);
}
