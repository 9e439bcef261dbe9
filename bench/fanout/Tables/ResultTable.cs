using System.Globalization;
using System.Text.Json;
using Nexus.Fanout.Cli;

namespace Nexus.Fanout.Tables;

/// <summary>
/// Medians of many runs as Markdown. Reads lines of <c>contestant, tab, result</c>; the first contestant is compared with each of the
/// others. <code>| line | figure | nexus | redis | nexus/redis | faults |</code>
/// </summary>
internal sealed class ResultTable
{
    private static readonly string[] Faults = ["lost", "duplicates", "late", "foreign", "closed"];

    private readonly string _line;
    private readonly string[] _figures;
    private readonly List<IGrouping<string, JsonElement>> _results;

    /// <param name="arguments">What follows the word <c>table</c>.</param>
    /// <exception cref="FanoutException">An option or a result is bad.</exception>
    public ResultTable(IEnumerable<string> arguments)
    {
        var reader = new OptionsReader(arguments);
        _line = reader.Text("--line") ?? "";
        _figures = reader.Text("--figures")?.Split(',') ?? throw new FanoutException("--figures is missing; names of a result's fields, joined by commas, are allowed.");
        var file = reader.Text("--results") ?? throw new FanoutException("--results is missing; give the file that holds them.");
        reader.End();
        _results = Read(file);
    }

    public string ToMarkdown()
    {
        var names = _results.ConvertAll(group => group.Key);
        var ratios = names.Skip(1).Select(other => $"{names[0]} / {other}").ToList();
        string[] header = ["line", "median of", .. names, .. ratios, "faults"];
        return string.Join('\n', [Row(header), Row(header.Select(_ => "---")), .. _figures.Select(figure => Row(Cells(figure)))]);
    }

    private IEnumerable<string> Cells(string figure)
    {
        var medians = _results.ConvertAll(group => Median([.. group.Select(result => Value(group.Key, result, figure))]));
        return
        [
            _line,
            $"{_results.Max(group => group.Count())} × {figure}",
            .. medians.Select(Format),
            .. medians.Skip(1).Select(other => Format(other is null or 0 ? null : medians[0] / other)),
            string.Join(", ", _results.Select(FaultsOf).Where(text => text.Length > 0)) is { Length: > 0 } faults ? faults : "none",
        ];
    }

    private static List<IGrouping<string, JsonElement>> Read(string file)
    {
        try
        {
            var lines = File.ReadLines(file).Select(line => line.Split('\t', 2)).Where(parts => parts.Length == 2).ToList();
            return lines.Count > 0
                ? [.. lines.GroupBy(parts => parts[0], parts => JsonDocument.Parse(parts[1]).RootElement)]
                : throw new FanoutException($"--results {file}: there is no line with a contestant, a tab and a result in it.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new FanoutException($"--results {file}: {error.Message}");
        }
    }

    /// <summary>Null where a run did not get as far as the figure.</summary>
    private static double? Value(string contestant, JsonElement result, string figure) =>
        !result.TryGetProperty(figure, out var value) ? throw new FanoutException($"--figures {figure}: a result of {contestant} has no such field.")
        : value.ValueKind == JsonValueKind.Number ? value.GetDouble()
        : null;

    /// <summary>A run without the figure counts as the worst of all, so that more than half of them leave no median.</summary>
    private static double? Median(List<double?> values)
    {
        var sorted = values.OrderBy(value => value ?? double.MaxValue).ToList();
        var middle = sorted.Count / 2;
        return sorted.Count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static string FaultsOf(IGrouping<string, JsonElement> group)
    {
        var found = Faults
            .Select(name => (Name: name, Count: group.Sum(result => result.TryGetProperty(name, out var value) ? value.GetInt64() : 0)))
            .Where(fault => fault.Count > 0)
            .Select(fault => $"{fault.Count} {fault.Name}")
            .ToList();
        return found.Count > 0 ? $"{group.Key}: {string.Join(" ", found)}" : "";
    }

    private static string Format(double? value) => value switch
    {
        null => "—",
        >= 1_000_000 => (value.Value / 1e6).ToString("0.00 'M'", CultureInfo.InvariantCulture),
        >= 1000 => value.Value.ToString("# ##0", CultureInfo.InvariantCulture),
        _ => value.Value.ToString("0.00", CultureInfo.InvariantCulture),
    };

    private static string Row(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |";
}
