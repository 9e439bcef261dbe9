using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Nexus.ServiceDefaults;

internal static class OpenTelemetryExtensions
{
    /// <summary>Paths that are asked every few seconds by machines; a trace of each would bury the ones that matter.</summary>
    private static readonly string[] QuietPaths = ["/health", "/alive", "/metrics"];

    public static void ConfigureOpenTelemetry(this IHostApplicationBuilder builder)
    {
        builder.Logging.AddOpenTelemetry(logging =>
        {
            logging.IncludeFormattedMessage = true;
            logging.IncludeScopes = true;
        });

        var telemetry = builder.Services.AddOpenTelemetry()
            .WithMetrics(metrics => metrics
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation()
                .AddRuntimeInstrumentation()
                .AddMeter("Nexus.*")
                .AddPrometheusExporter())
            .WithTracing(tracing => tracing
                .AddSource("Nexus.*")
                .AddAspNetCoreInstrumentation(options => options.Filter = context => !IsQuiet(context.Request.Path))
                .AddHttpClientInstrumentation());

        if (!string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            telemetry.UseOtlpExporter();
        }
    }

    private static bool IsQuiet(PathString path) =>
        Array.Exists(QuietPaths, quiet => path.StartsWithSegments(quiet, StringComparison.Ordinal));
}
