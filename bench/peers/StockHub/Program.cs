using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Nexus.StockHub;

// What a team would write first: an event comes in by HTTP, every client of the hub gets it. Nothing is tuned.
var builder = WebApplication.CreateBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.Services.AddSignalR();

var app = builder.Build();
app.MapHub<StockHub>("/hub");
app.MapPost("/publish", (JsonElement monitoringEvent, IHubContext<StockHub> hub) => hub.Clients.All.SendAsync("Event", monitoringEvent));
app.Run();
