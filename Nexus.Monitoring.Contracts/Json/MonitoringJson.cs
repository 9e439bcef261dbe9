using System.Text.Encodings.Web;
using System.Text.Json;

namespace Nexus.Monitoring.Contracts.Json;

/// <summary>How JSON looks on every boundary of Nexus.</summary>
public static class MonitoringJson
{
    /// <summary>
    /// Escapes only what JSON asks for: the bytes go over sockets, never into HTML unescaped, and text in other scripts stays readable
    /// and short.
    /// </summary>
    public static JavaScriptEncoder Encoder { get; } = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    /// <summary>The serialisers to use: <see cref="MonitoringJsonContext"/> with <see cref="Encoder"/>.</summary>
    public static MonitoringJsonContext Context { get; } =
        new(new JsonSerializerOptions(MonitoringJsonContext.Default.Options) { Encoder = Encoder });

    /// <summary>The same as options: snake case, nulls left out, all types of the wire known without reflection. Read-only.</summary>
    public static JsonSerializerOptions Options => Context.Options;
}
