using Nexus.AppHost;
using Nexus.AppHost.Redis;

var builder = DistributedApplication.CreateBuilder(args);

var redis = builder.AddNexusRedis("redis");

var simulator = builder.AddService<Projects.Nexus_Coordinator_Sim>("coordinator-sim")
    .WithHttpEndpoint()
    .WithHttpHealthCheck("/health")
    .WithReference(redis)
    .WaitFor(redis);

var api = builder.AddService<Projects.Nexus_Monitoring_Api>("monitoring-api")
    .WithHttpEndpoint(builder.StatedPort("Nexus:Api:Port", 8000))
    .WithExternalHttpEndpoints()
    .WithPage("/docs", "API docs")
    .WithHttpHealthCheck("/health")
    .WithHistory(builder)
    .WithReference(redis)
    .WithReference(simulator)
    .WaitFor(redis);

builder.AddService<Projects.Nexus_Monitoring_Web>("monitoring-web")
    .WithHttpEndpoint(builder.StatedPort("Nexus:Web:Port", 12000))
    .WithExternalHttpEndpoints()
    .WithUrlForEndpoint("http", url => (url.Url, url.DisplayText) = ("/monitoring", "Overview"))
    .WithPage("/monitoring/runs", "Runs")
    .WithPage("/monitoring/workers", "Workers")
    .WithPage("/monitoring/events", "Events")
    .WithHttpHealthCheck("/health")
    .WithTraceLinks()
    .WithReference(api)
    .WaitFor(api);

builder.Build().Run();
