using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Running;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Aspire's packages cannot be restored here: its stand-in (eng/aspire-standin) runs this.")]
    public static partial void StandIn(this ILogger logger);

    [LoggerMessage(2, LogLevel.Information, "Running; Ctrl+C stops it.{Addresses}")]
    public static partial void AllReady(this ILogger logger, string addresses);

    [LoggerMessage(3, LogLevel.Error, "{Sentence} Everything else is being stopped.")]
    public static partial void FailedToStart(this ILogger logger, string sentence);

    [LoggerMessage(4, LogLevel.Error, "'{Resource}' ended with exit code {ExitCode}; the others go on.")]
    public static partial void Ended(this ILogger logger, string resource, int exitCode);

    [LoggerMessage(5, LogLevel.Information, "Stopping.")]
    public static partial void Stopping(this ILogger logger);

    [LoggerMessage(6, LogLevel.Warning, "'{Resource}' did not stop within {Seconds} s and was killed.")]
    public static partial void Killed(this ILogger logger, string resource, double seconds);

    [LoggerMessage(7, LogLevel.Information, "No Aspire dashboard, because no aspire command was found; to see traces, metrics and logs, install it "
        + "(https://aspire.dev, or npm install -g @microsoft/aspire-cli-linux-x64), or set ASPIRE_CLI_PATH to it.")]
    public static partial void NoDashboard(this ILogger logger);

    [LoggerMessage(8, LogLevel.Warning, "The Aspire dashboard is not there: {Sentence} Everything else goes on.")]
    public static partial void DashboardFailed(this ILogger logger, string sentence);

    [LoggerMessage(9, LogLevel.Information, "{Line}")]
    public static partial void Line(this ILogger logger, string line);

    [LoggerMessage(10, LogLevel.Error, "{Line}")]
    public static partial void ErrorLine(this ILogger logger, string line);
}
