using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Running;

/// <summary>Writes each line behind the name of the resource it comes from, in that resource's colour.</summary>
internal sealed class ConsoleOutput(DistributedApplicationModel model) : ILoggerProvider
{
    public const string ResourceCategory = ".Resources.";

    private const string Own = "apphost";
    private const string Reset = "\e[0m";

    private static readonly string[] Colours = ["\e[36m", "\e[32m", "\e[35m", "\e[33m", "\e[34m", "\e[96m", "\e[92m", "\e[95m"];
    private static readonly Lock Writing = new();

    public static bool IsColoured { get; } =
        !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    /// <summary>What the AppHost logs itself: its own lines and warnings of the framework, without the host's chatter.</summary>
    public static void TakeOver(ILoggingBuilder logging, IServiceCollection services)
    {
        logging.ClearProviders();
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("System", LogLevel.Warning);
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        services.AddSingleton<ILoggerProvider, ConsoleOutput>();
    }

    public ILogger CreateLogger(string categoryName)
    {
        var at = categoryName.IndexOf(ResourceCategory, StringComparison.Ordinal);
        return new PrefixedLogger(this, at < 0 ? Own : categoryName[(at + ResourceCategory.Length)..]);
    }

    public void Dispose()
    {
    }

    private void Write(string source, string text, bool isError)
    {
        var width = model.Resources.Select(resource => resource.Name.Length).Append(Own.Length).Max();
        var index = model.Resources.Select(resource => resource.Name).ToList().IndexOf(source);
        var name = source.PadRight(width);
        var prefix = !IsColoured ? name : index < 0 ? $"\e[1m{name}{Reset}" : Colours[index % Colours.Length] + name + Reset;
        lock (Writing)
        {
            var output = isError && index < 0 ? Console.Error : Console.Out;
            foreach (var line in text.Split('\n'))
            {
                output.WriteLine($"{prefix} | {line.TrimEnd('\r')}");
            }
        }
    }

    private sealed class PrefixedLogger(ConsoleOutput output, string source) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var text = formatter(state, exception);
            output.Write(source, exception is null ? text : $"{text}\n{exception}", logLevel >= LogLevel.Error);
        }
    }
}
