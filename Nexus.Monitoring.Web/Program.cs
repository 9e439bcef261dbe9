using Nexus.Monitoring.Web.Hosting;
using Nexus.ServiceDefaults;

return await ServiceRun.RunOrExplainAsync(() =>
{
    var builder = WebApplication.CreateBuilder(args);
    // Built, not published, the static files lie in the source folder, in whatever environment this runs.
    builder.WebHost.UseStaticWebAssets();
    builder.AddServiceDefaults();
    builder.AddDashboard();

    var app = builder.Build();
    app.MapDashboard();
    return app;
});
