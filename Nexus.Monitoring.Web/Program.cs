using Nexus.Monitoring.Web.Hosting;
using Nexus.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddDashboard();

var app = builder.Build();
app.MapDashboard();
app.Run();
