using Microsoft.Extensions.Options;
using Nexus.Monitoring.Web.Hosting;

namespace Nexus.Monitoring.Web.Pages;

/// <summary>Where a trace can be looked at; nowhere, unless a template is configured.</summary>
internal sealed class TraceLinks(IOptions<WebOptions> options)
{
    private const string Placeholder = "{traceId}";

    public bool IsConfigured => !string.IsNullOrEmpty(options.Value.TraceUrlTemplate);

    public string? Of(string? traceId) => IsConfigured && !string.IsNullOrEmpty(traceId)
        ? options.Value.TraceUrlTemplate!.Replace(Placeholder, Uri.EscapeDataString(traceId), StringComparison.Ordinal)
        : null;
}
