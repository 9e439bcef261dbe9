using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Nexus.Monitoring.Web.Components.Boards;
using Nexus.Monitoring.Web.Formatting;
using Nexus.Monitoring.Web.Hosting;
using Nexus.Monitoring.Web.Live;
using Nexus.Monitoring.Web.Pages;

namespace Nexus.Monitoring.Web.Tests.Components;

/// <summary>Components with a feed, a clock and a page that can be hidden.</summary>
public abstract class DashboardContext : BunitContext
{
    private protected FakeFeed Feed { get; } = new();

    private protected FakeTimeProvider Clock { get; } = new();

    private protected PageVisibility Visibility { get; } = new();

    private protected WebOptions Options { get; } = new();

    protected DashboardContext()
    {
        Services.AddSingleton<ILiveFeed>(Feed);
        Services.AddSingleton<TimeProvider>(Clock);
        Services.AddSingleton(Times.Utc);
        Services.AddSingleton(Visibility);
        Services.AddSingleton(new ViewPause());
        Services.AddSingleton(new PinRequests());
        Services.AddSingleton(new TraceLinks(Microsoft.Extensions.Options.Options.Create(Options)));
        SetRendererInfo(new("Server", isInteractive: true));
    }
}
