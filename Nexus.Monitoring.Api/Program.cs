using Nexus.Monitoring.Api.History;
using Nexus.Monitoring.Api.Hosting;
using Nexus.Monitoring.Api.Http;
using Nexus.Monitoring.Api.Log;
using Nexus.Monitoring.Api.SignalR;
using Nexus.Monitoring.Api.State;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Api.TimeMachine;
using Nexus.Monitoring.Api.Views;
using Nexus.Monitoring.Api.Watch;
using Nexus.Monitoring.Api.WebSockets;
using Nexus.ServiceDefaults;

return await ServiceRun.RunOrExplainAsync(() =>
{
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
    builder.AddServiceDefaults();
    builder.UseLoopbackByDefault();
    builder.UseStreamingTransport();
    builder.AddMonitoringApiOptions();
    builder.AddRedis();
    builder.AddEventLog();
    builder.AddStreaming();
    builder.AddLiveState();
    builder.AddHistory();
    builder.AddTimeMachine();
    builder.AddWatch();
    builder.AddViews();
    builder.AddMonitoringHub();
    builder.AddHttpApi();
    builder.AddWarmUp();

    var app = builder.Build();
    app.UseMonitoringApi();
    app.MapDefaultEndpoints();
    app.MapWebSockets();
    app.MapMonitoringHub();
    app.MapHttpApi();
    return app;
});
