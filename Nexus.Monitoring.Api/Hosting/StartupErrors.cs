using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace Nexus.Monitoring.Api.Hosting;

/// <summary>Says in one sentence why the service cannot start, instead of a stack trace.</summary>
internal static class StartupErrors
{
    /// <summary>Configures what requests go through, which reads options already, and runs until the host stops. Returns the exit code.</summary>
    public static async Task<int> RunOrExplainAsync(this WebApplication app, Action<WebApplication> configure)
    {
        try
        {
            configure(app);
            await app.RunAsync();
            return 0;
        }
        catch (Exception error) when (Explain(error) is { } sentence)
        {
            await Console.Error.WriteLineAsync(sentence);
            return 1;
        }
    }

    private static string? Explain(Exception error) => error switch
    {
        IOException { InnerException: AddressInUseException } =>
            $"{error.Message} End the program that holds the port, or listen elsewhere: ASPNETCORE_URLS=http://127.0.0.1:<port>.",
        OptionsValidationException invalid => string.Join(Environment.NewLine, invalid.Failures),
        InvalidOperationException { InnerException: FormatException or ArgumentException }
            when error.Message.Contains("configuration value", StringComparison.Ordinal) => error.Message,
        _ => null,
    };
}
