using Nexus.Redis.Hosting;

namespace Nexus.Redis.Configuration;

/// <summary>One setting, given as an argument (which wins) or in the environment.</summary>
internal sealed class RedisSetting(string option, string variable)
{
    private string _source = "";

    public string? Value { get; private set; }

    public void ReadEnvironment(Func<string, string?> environment) => (Value, _source) = (environment(variable), variable);

    /// <summary>Understands <c>--option value</c> and <c>--option=value</c>, and moves <paramref name="index"/> behind it.</summary>
    public bool TryReadArgument(IReadOnlyList<string> arguments, ref int index)
    {
        var argument = arguments[index];
        if (argument.StartsWith(option + '=', StringComparison.Ordinal))
        {
            (Value, _source, index) = (argument[(option.Length + 1)..], option, index + 1);
            return true;
        }

        if (argument != option)
        {
            return false;
        }

        if (index + 1 == arguments.Count)
        {
            throw new EmbeddedRedisException($"{option} needs a value.");
        }

        (Value, _source, index) = (arguments[index + 1], option, index + 2);
        return true;
    }

    public EmbeddedRedisException Refused(string allowed) => new($"{_source} is '{Value}'; allowed is {allowed}.");
}
