using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Nexus.Monitoring.Web.Hosting;

/// <summary>The dashboard's part of the section <c>Monitoring</c>.</summary>
internal sealed class WebOptions
{
    public const string Section = "Monitoring";

    /// <summary>Where the API is; without it, the address that service discovery gives <c>monitoring-api</c>.</summary>
    [RegularExpression("^https?://[^/].*", ErrorMessage = "Monitoring:ApiUrl must be an http or https address, such as http://localhost:8000.")]
    public string? ApiUrl { get; set; }

    /// <summary>Address of one trace with <c>{traceId}</c> in it; links to traces are hidden without it.</summary>
    [RegularExpression(
        @"^https?://.*\{traceId\}.*",
        ErrorMessage = "Monitoring:TraceUrlTemplate must be an http or https address with {traceId} in it, "
            + "such as http://localhost:18888/traces/detail/{traceId}.")]
    public string? TraceUrlTemplate { get; set; }
}

[OptionsValidator]
internal sealed partial class WebOptionsValidator : IValidateOptions<WebOptions>;
