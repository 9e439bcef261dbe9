using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Nexus.Monitoring.Web.Components.Kit;
using Nexus.Monitoring.Web.Pages;

namespace Nexus.Monitoring.Web.Tests.Components;

public sealed class LaterTests : DashboardContext
{
    private readonly DrawingTurns _turns = new();

    public LaterTests() => Services.AddSingleton(_turns);

    [Fact]
    public void Render_BeforeThereIsACircuit_DrawsAtOnce()
    {
        SetRendererInfo(new("Static", isInteractive: false));

        var later = ((BunitContext)this).Render<Later>(Part);

        later.MarkupMatches("<div class=\"later\" data-later=\"part\"><p>here</p></div>");
    }

    [Fact]
    public void Render_WhileThePageLoads_LeavesThePlaceEmptyUntilItsTurn()
    {
        var isMyTurn = false;
        Action other = () => isMyTurn = true;
        _turns.Wait(other);
        var later = Render<Later>(Part);
        later.MarkupMatches("<div class=\"later was-drawn\" data-later=\"part\" aria-busy=\"true\"></div>");
        Assert.True(isMyTurn);

        later.InvokeAsync(() => _turns.End(other));

        later.MarkupMatches("<div class=\"later was-drawn\" data-later=\"part\"><p>here</p></div>");
        Assert.True(_turns.HasLoaded);
    }

    [Fact]
    public void Render_OnAPageThatIsOpenedByALink_WaitsOnlyWithAHeight()
    {
        _turns.Begin();
        Action other = () => { };
        _turns.Wait(other);
        _turns.Begin();

        Render<Later>(Part).MarkupMatches("<div class=\"later\" data-later=\"part\"><p>here</p></div>");
        var later = Render<Later>(later => Part(later.Add(component => component.Height, 120)));

        Assert.Equal("min-height:120px", later.Find("section#part").GetAttribute("style"));
    }

    [Fact]
    public async Task Dispose_WhileWaiting_TakesNobodysTurn()
    {
        Action other = () => { };
        _turns.Wait(other);
        Render<Later>(Part);

        await DisposeComponentsAsync();
        _turns.End(other);

        Assert.True(_turns.HasLoaded);
    }

    private static void Part(ComponentParameterCollectionBuilder<Later> later) => later
        .Add(component => component.Name, "part")
        .AddChildContent("<p>here</p>");
}
