using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Nexus.ServiceDefaults;

/// <summary>How every service of Nexus runs, and how it ends.</summary>
public static class ServiceRun
{
    /// <summary>
    /// Builds the application, checks its options and runs it until it stops. What keeps it from starting is said on standard error in
    /// one sentence for each reason, without a stack trace.
    /// </summary>
    /// <returns>The exit code: 1 when it could not start or when one of its background services failed, so that whoever watches restarts it.</returns>
    public static async Task<int> RunOrExplainAsync(Func<WebApplication> build)
    {
        var stopping = CancellationToken.None;
        List<BackgroundService> background = [];
        try
        {
            await using var app = build();
            stopping = app.Lifetime.ApplicationStopping;
            if (ListenAddresses.FindProblems(app.Configuration[WebHostDefaults.ServerUrlsKey]) is { Count: > 0 } problems)
            {
                throw new OptionsValidationException(WebHostDefaults.ServerUrlsKey, typeof(string), problems);
            }

            // The host would check them too, but log a stack trace first.
            app.Services.GetService<IStartupValidator>()?.Validate();
            background = [.. app.Services.GetServices<IHostedService>().OfType<BackgroundService>()];
            await app.RunAsync();
            return ExitCode(background);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Told to stop while it still started.
            return ExitCode(background);
        }
        catch (Exception error) when (Explain(error) is { } sentences)
        {
            await Console.Error.WriteLineAsync(sentences);
            return 1;
        }
    }

    /// <summary>What the user can mend, or null for a defect, whose stack trace is wanted.</summary>
    public static string? Explain(Exception error) => error switch
    {
        OptionsValidationException invalid => string.Join(Environment.NewLine, invalid.Failures),
        AggregateException several when several.InnerExceptions.All(inner => Explain(inner) is not null) =>
            string.Join(Environment.NewLine, several.InnerExceptions.Select(Explain)),
        InvalidOperationException { InnerException: FormatException or ArgumentException }
            when error.Message.Contains("configuration value", StringComparison.Ordinal) => error.Message,
        IOException { InnerException: AddressInUseException } =>
            $"{error.Message} End the program that holds the port, or listen elsewhere: ASPNETCORE_URLS=http://127.0.0.1:<port>.",
        _ => null,
    };

    private static int ExitCode(List<BackgroundService> background) =>
        background.Exists(service => service.ExecuteTask is { IsFaulted: true }) ? 1 : 0;
}
