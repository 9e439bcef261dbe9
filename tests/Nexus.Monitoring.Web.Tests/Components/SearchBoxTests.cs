using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Nexus.Monitoring.Web.Api;
using Nexus.Monitoring.Web.Components.Layout;
using Nexus.Monitoring.Web.Search;
using Nexus.Monitoring.Web.Tests.Api;

namespace Nexus.Monitoring.Web.Tests.Components;

public sealed class SearchBoxTests : DashboardContext
{
    [Fact]
    public async Task Submit_AnswerIsCut_SearchesForTheTextAndTakesTheNext()
    {
        using var api = new AnsweringApi(_ => AnsweringApi.Cut());
        Services.AddSingleton(new PlaceFinder(Feed, new ApiReader(api)));
        var box = Render<SearchBox>();
        var places = Services.GetRequiredService<NavigationManager>();

        await SubmitAsync(box, "task-41");
        Assert.EndsWith("/monitoring/events?text=task-41", places.Uri, StringComparison.Ordinal);
        Assert.Equal("false", box.Find("input").GetAttribute("aria-busy"));

        await SubmitAsync(box, "worker-3");
        Assert.EndsWith("/monitoring/workers/3", places.Uri, StringComparison.Ordinal);
    }

    private static async Task SubmitAsync(IRenderedComponent<SearchBox> box, string text)
    {
        await box.Find("input").ChangeAsync(new() { Value = text });
        await box.Find("form").SubmitAsync();
    }
}
