using System.Net;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Nexus.Monitoring.Web.Api;
using Nexus.Monitoring.Web.Components.Boards;
using Nexus.Monitoring.Web.Formatting;
using Nexus.Monitoring.Web.Hosting;
using Nexus.Monitoring.Web.Interop;
using Nexus.Monitoring.Web.Live;
using Nexus.Monitoring.Web.Pages;
using Nexus.Monitoring.Web.Sessions;
using Nexus.Monitoring.Web.Tests.Api;

namespace Nexus.Monitoring.Web.Tests.Components;

/// <summary>Components with a feed, a clock and a page that can be hidden.</summary>
public abstract class DashboardContext : BunitContext
{
    /// <summary>A machine that builds and tests at once is slow, not wrong.</summary>
    static DashboardContext() => DefaultWaitTimeout = Eventually.DefaultDeadline;

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
        Services.AddSingleton(new DrawingTurns());
        Services.AddSingleton(new TraceLinks(Microsoft.Extensions.Options.Options.Create(Options)));
        Services.AddScoped<BrowserLink>();
        Services.AddSingleton(new SessionView(new ImportedSessions(new ApiReader(new AnsweringApi(_ => AnsweringApi.Problem(HttpStatusCode.NotFound))))));
    }

    /// <summary>As in a circuit. From the first on, no service can be added.</summary>
    protected new IRenderedComponent<TComponent> Render<TComponent>(Action<ComponentParameterCollectionBuilder<TComponent>>? parameters = null)
        where TComponent : IComponent
    {
        SetRendererInfo(new("Server", isInteractive: true));
        return base.Render(parameters);
    }
}
