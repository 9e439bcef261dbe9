using Microsoft.Extensions.Options;

namespace Nexus.Coordinator.Sim.Hosting;

/// <summary>Says in one sentence each what is wrong with the configuration, instead of a stack trace.</summary>
internal static class StartupErrors
{
    /// <summary>Runs until the host stops. Returns the exit code.</summary>
    public static async Task<int> RunOrExplainAsync(this WebApplication app)
    {
        try
        {
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
        OptionsValidationException invalid => string.Join(Environment.NewLine, invalid.Failures),
        InvalidOperationException { InnerException: FormatException or ArgumentException } when error.Message.Contains("configuration value", StringComparison.Ordinal) =>
            error.Message,
        _ => null,
    };
}
