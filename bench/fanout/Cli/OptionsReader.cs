using System.Globalization;

namespace Nexus.Fanout.Cli;

/// <summary>Takes options and their values off the command line, and refuses what it does not understand.</summary>
internal sealed class OptionsReader
{
    private readonly List<KeyValuePair<string, string>> _given = [];

    /// <param name="arguments">Pairs of <c>--name value</c>; the flags stand alone.</param>
    /// <param name="flags">Options without a value.</param>
    public OptionsReader(IEnumerable<string> arguments, params string[] flags)
    {
        using var words = arguments.GetEnumerator();
        while (words.MoveNext())
        {
            var name = words.Current;
            if (!name.StartsWith("--", StringComparison.Ordinal))
            {
                throw new FanoutException($"'{name}' is not an option; see --help.");
            }

            var value = "true";
            if (!flags.Contains(name))
            {
                value = words.MoveNext() ? words.Current : throw new FanoutException($"{name} needs a value; see --help.");
            }

            _given.Add(new(name, value));
        }
    }

    public bool Has(string name) => _given.Exists(option => option.Key == name);

    public bool Flag(string name) => Texts(name).Count > 0;

    public string? Text(string name) => Texts(name) is [.., var last] ? last : null;

    public List<string> Texts(string name)
    {
        var values = _given.Where(option => option.Key == name).Select(option => option.Value).ToList();
        _given.RemoveAll(option => option.Key == name);
        return values;
    }

    public int? Number(string name, int least, int most) =>
        Text(name) is not { } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most ? value
        : throw new FanoutException($"{name} {text}: a whole number from {least} to {most} is allowed.");

    public double? Seconds(string name, double most) => Real(name, 0, most, "a number of seconds");

    public double? Real(string name, double least, double most, string what) =>
        Text(name) is not { } text ? null
        : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most ? value
        : throw new FanoutException(string.Create(CultureInfo.InvariantCulture, $"{name} {text}: {what} from {least} to {most} is allowed."));

    public T? Choice<T>(string name, IReadOnlyDictionary<string, T> choices)
        where T : struct =>
        Text(name) is not { } text ? null
        : choices.TryGetValue(text, out var value) ? value
        : throw new FanoutException($"{name} {text}: {string.Join(", ", choices.Keys)} are allowed.");

    /// <summary>Refuses what nothing has asked for.</summary>
    public void End()
    {
        if (_given is [var (name, value), ..])
        {
            throw new FanoutException($"'{name} {value}' is not an option here; see --help.");
        }
    }
}
