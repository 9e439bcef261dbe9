using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace Nexus.Coordinator.Sim.Hosting;

/// <summary>Says in one sentence why the service cannot start, instead of a stack trace.</summary>
internal static class StartupErrors
{
    /// <summary>Builds the application, checks its options, and runs it until the host stops. Returns the exit code.</summary>
    public static async Task<int> RunOrExplainAsync(Func<WebApplication> build)
    {
        try
        {
            await using var app = build();

            // The host would check them too, but log a stack trace first.
            app.Services.GetRequiredService<IStartupValidator>().Validate();
            await app.RunAsync();
            return 0;
        }
        catch (Exception error) when (Explain(error) is { } sentence)
        {
            await Console.Error.WriteLineAsync(sentence);
            return 1;
        }
    }

    internal static string? Explain(Exception error) => error switch
    {
        OptionsValidationException invalid => string.Join(Environment.NewLine, invalid.Failures),
        AggregateException several => string.Join(Environment.NewLine, several.InnerExceptions.Select(inner => Explain(inner) ?? inner.Message)),
        InvalidOperationException { InnerException: FormatException or ArgumentException } => error.Message,
        RedisAddressException => error.Message,
        IOException { InnerException: AddressInUseException } =>
            $"{error.Message} End the program that holds the port, or listen elsewhere: ASPNETCORE_URLS=http://127.0.0.1:<port>.",
        _ => null,
    };
}
