using System.Globalization;
using Nexus.Redis.Hosting;

namespace Nexus.Redis.Configuration;

/// <summary>Reads <c>--port</c>, <c>--data</c> and <c>--memory</c>, or the environment variables of the same meaning.</summary>
internal static class RedisArguments
{
    public const string Usage = """
        Nexus.Redis: a Redis-protocol server for machines without a container engine. It listens on 127.0.0.1 only.

          --port <number>    NEXUS_REDIS_PORT     1 to 65535, or 0 for a free one; default 6379
          --data <folder>    NEXUS_REDIS_DATA     where the data is kept over restarts; default .data/redis
          --memory <size>    NEXUS_REDIS_MEMORY   data kept in memory, such as 512m or 2g, at least 256m; default 1g
        """;

    private static readonly string DefaultData = Path.Combine(".data", "redis");

    /// <exception cref="EmbeddedRedisException">A value that is not allowed, or an option that is not known.</exception>
    public static EmbeddedRedisOptions Read(IReadOnlyList<string> arguments, Func<string, string?> environment)
    {
        var port = new RedisSetting("--port", "NEXUS_REDIS_PORT");
        var data = new RedisSetting("--data", "NEXUS_REDIS_DATA");
        var memory = new RedisSetting("--memory", "NEXUS_REDIS_MEMORY");
        RedisSetting[] settings = [port, data, memory];
        foreach (var setting in settings)
        {
            setting.ReadEnvironment(environment);
        }

        for (var index = 0; index < arguments.Count;)
        {
            var before = index;
            _ = settings.Any(setting => setting.TryReadArgument(arguments, ref index));
            if (index == before)
            {
                throw new EmbeddedRedisException($"'{arguments[index]}' is not an option; allowed are --port, --data and --memory.");
            }
        }

        return new EmbeddedRedisOptions
        {
            Port = ReadPort(port),
            DataFolder = data.Value is { } folder ? NotEmpty(data, folder) : DefaultData,
            Memory = ReadMemory(memory),
        };
    }

    private static int ReadPort(RedisSetting setting)
    {
        if (setting.Value is not { } text)
        {
            return EmbeddedRedisOptions.DefaultPort;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= 65535
            ? port
            : throw setting.Refused("a number from 0 to 65535");
    }

    private static long ReadMemory(RedisSetting setting)
    {
        const string Allowed = "a size of at least 256m, such as 512m or 2g";
        if (setting.Value is not { } text)
        {
            return EmbeddedRedisOptions.DefaultMemory;
        }

        var unit = text.Length == 0 ? ' ' : char.ToLowerInvariant(text[^1]);
        var shift = unit switch { 'k' => 10, 'm' => 20, 'g' => 30, _ => 0 };
        var digits = shift > 0 ? text[..^1] : text;
        if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > long.MaxValue >> 30)
        {
            throw setting.Refused(Allowed);
        }

        return number << shift >= EmbeddedRedisOptions.MinMemory ? number << shift : throw setting.Refused(Allowed);
    }

    private static string NotEmpty(RedisSetting setting, string text) =>
        text.Length > 0 ? text : throw setting.Refused("the path of a folder");
}
