using Nexus.Coordinator.Sim.Configuration;
using Nexus.Coordinator.Sim.Hosting;
using Nexus.Coordinator.Sim.Http;
using Nexus.Monitoring.Client;
using Nexus.ServiceDefaults;

return await ServiceRun.RunOrExplainAsync(() =>
{
    var builder = WebApplication.CreateBuilder(args);
    builder.AddServiceDefaults();
    builder.AddRedis();
    builder.AddNexusMonitoring("redis");
    builder.AddSimulation();

    var app = builder.Build();
    app.MapDefaultEndpoints();
    app.MapSimulation();
    return app;
});
