using Microsoft.Extensions.Time.Testing;
using Nexus.Monitoring.Web.Api;
using Nexus.Monitoring.Web.Tests.Api;
using Nexus.Monitoring.Web.Views;

namespace Nexus.Monitoring.Web.Tests.Views;

public sealed class SharedViewsTests
{
    [Fact]
    public async Task Refresh_AnswerIsCut_SaysSoAndReadsAgain()
    {
        var isCut = true;
        using var api = new AnsweringApi(_ => isCut ? AnsweringApi.Cut() : AnsweringApi.Json("""{"items":[]}"""));
        using var views = new SharedViews(new ApiReader(api), new FakeTimeProvider());

        await views.RefreshAsync(CancellationToken.None);
        Assert.Equal("The API's answer was cut short.", views.Problem);

        isCut = false;
        await views.RefreshAsync(CancellationToken.None);
        Assert.Null(views.Problem);
        Assert.Empty(views.Views!);
    }
}
