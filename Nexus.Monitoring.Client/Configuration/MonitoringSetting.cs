using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Nexus.Monitoring.Client.Configuration;

/// <summary>One option: where it can come from, what is allowed, how it is read.</summary>
/// <param name="Name">Key within the section.</param>
/// <param name="Variable">The environment variable that gives it too; null for none.</param>
/// <param name="Allowed">What is allowed, as the end of a sentence.</param>
/// <param name="TryApply">Reads a text into the options; false when it is not allowed.</param>
/// <param name="Current">What the options hold, as it would be written in a configuration.</param>
internal sealed record MonitoringSetting(
    string Name, string? Variable, string Allowed, Func<MonitoringOptions, string, bool> TryApply, Func<MonitoringOptions, string?> Current)
{
    private const int LongestQuote = 80;

    public string Key => $"{MonitoringOptions.SectionName}:{Name}";

    /// <summary>The key under which a value is configured, and the value; null when neither is set.</summary>
    public (string Key, string Value)? Find(IConfiguration configuration) =>
        configuration[Key] is { Length: > 0 } value ? (Key, value)
        : Variable is not null && configuration[Variable] is { Length: > 0 } variable ? (Variable, variable)
        : null;

    /// <summary>One sentence: key, value, what is allowed.</summary>
    public string Refuse(string key, string? value) =>
        $"{key} is '{(value?.Length > LongestQuote ? string.Concat(value.AsSpan(0, LongestQuote), "…") : value)}'; {Allowed}.";

    public static MonitoringSetting Integer(
        string name, string? variable, int from, int upto, Func<MonitoringOptions, int> get, Action<MonitoringOptions, int> set) => new(
        name,
        variable,
        $"a whole number from {from} to {upto} is allowed",
        (options, text) =>
        {
            var isValid = int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= from && value <= upto;
            if (isValid)
            {
                set(options, value);
            }

            return isValid;
        },
        options => get(options).ToString(CultureInfo.InvariantCulture));

    /// <param name="from">Least seconds.</param>
    /// <param name="upto">Most seconds.</param>
    public static MonitoringSetting Time(
        string name, string? variable, double from, double upto, Func<MonitoringOptions, TimeSpan> get, Action<MonitoringOptions, TimeSpan> set) => new(
        name,
        variable,
        string.Create(CultureInfo.InvariantCulture, $"a time from {from} to {upto} seconds is allowed, in seconds or as hh:mm:ss"),
        (options, text) =>
        {
            var isValid = TryReadTime(text, out var value) && value.TotalSeconds >= from && value.TotalSeconds <= upto;
            if (isValid)
            {
                set(options, value);
            }

            return isValid;
        },
        options => get(options).TotalSeconds.ToString(CultureInfo.InvariantCulture));

    public static MonitoringSetting Switch(
        string name, string? variable, Func<MonitoringOptions, bool> get, Action<MonitoringOptions, bool> set) => new(
        name,
        variable,
        "true or false is allowed",
        (options, text) =>
        {
            bool? value = text.ToUpperInvariant() switch
            {
                "TRUE" or "1" or "YES" or "ON" => true,
                "FALSE" or "0" or "NO" or "OFF" => false,
                _ => null,
            };
            set(options, value ?? get(options));
            return value is not null;
        },
        options => get(options) ? "true" : "false");

    public static MonitoringSetting Text(
        string name, string? variable, int longest, Func<MonitoringOptions, string?> get, Action<MonitoringOptions, string> set) => new(
        name,
        variable,
        $"1 to {longest} characters are allowed",
        (options, text) =>
        {
            set(options, text);
            return text.Length <= longest;
        },
        get);

    private static bool TryReadTime(string text, out TimeSpan time)
    {
        if (text.Contains(':', StringComparison.Ordinal))
        {
            return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out time);
        }

        var isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
            && Math.Abs(seconds) < TimeSpan.MaxValue.TotalSeconds;
        time = isNumber ? TimeSpan.FromSeconds(seconds) : default;
        return isNumber;
    }
}
