using System.Globalization;
using Microsoft.Extensions.Configuration;
using StackExchange.Redis;

namespace Nexus.Monitoring.Client.Redis;

/// <summary>Reads where Redis is, as a URL or in StackExchange.Redis's own form.</summary>
public static class RedisAddress
{
    private const string UrlVariable = "REDIS_URL";

    /// <summary>The client's own policy backs off to a minute; whoever watches wants to see the end of an outage when it comes.</summary>
    private static readonly TimeSpan ReconnectInterval = TimeSpan.FromSeconds(1);

    /// <summary>The options for the connection string of this name, else for <c>REDIS_URL</c>.</summary>
    /// <exception cref="InvalidOperationException">Neither is set.</exception>
    /// <exception cref="FormatException">What is set is not an address.</exception>
    public static ConfigurationOptions Find(IConfiguration configuration, string connectionName) =>
        configuration.GetConnectionString(connectionName) is { Length: > 0 } address ? Parse($"ConnectionStrings:{connectionName}", address)
        : configuration[UrlVariable] is { Length: > 0 } url ? Parse(UrlVariable, url)
        : throw new InvalidOperationException(
            $"Nothing says where Redis is; set ConnectionStrings:{connectionName} or {UrlVariable}, for example {UrlVariable}=redis://localhost:6379.");

    /// <summary>The options for <paramref name="address"/>; a connection that cannot be made yet is tried again for ever.</summary>
    /// <param name="key">The configuration key that holds it, for the message.</param>
    /// <param name="address"><c>redis://[user:password@]host[:port][/database]</c>, <c>rediss://</c>, or StackExchange.Redis's form.</param>
    /// <exception cref="FormatException">The address is neither.</exception>
    public static ConfigurationOptions Parse(string key, string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        ConfigurationOptions options;
        try
        {
            options = address.Contains("://", StringComparison.Ordinal) ? FromUrl(address) : ConfigurationOptions.Parse(address);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            throw Bad(key, exception);
        }

        if (options.EndPoints.Count == 0)
        {
            throw Bad(key, null);
        }

        options.AbortOnConnectFail = false;
        options.ReconnectRetryPolicy = new LinearRetry((int)ReconnectInterval.TotalMilliseconds);
        return options;
    }

    private static ConfigurationOptions FromUrl(string address)
    {
        var url = new Uri(address);
        var options = new ConfigurationOptions
        {
            Ssl = url.Scheme switch
            {
                "redis" => false,
                "rediss" => true,
                _ => throw new FormatException(),
            },
        };
        if (url.Host.Length == 0)
        {
            throw new FormatException();
        }

        options.EndPoints.Add(url.Host, url.Port > 0 ? url.Port : 6379);
        var (user, password) = Credentials(url.UserInfo);
        options.User = user;
        options.Password = password;
        if (url.AbsolutePath.Trim('/') is { Length: > 0 } database)
        {
            options.DefaultDatabase = int.Parse(database, NumberStyles.None, CultureInfo.InvariantCulture);
        }

        return options;
    }

    /// <summary><c>user:password</c>; a part without a colon is the password, as redis-cli has it.</summary>
    private static (string? User, string? Password) Credentials(string userInfo)
    {
        if (userInfo.Length == 0)
        {
            return (null, null);
        }

        var colon = userInfo.IndexOf(':', StringComparison.Ordinal);
        var user = colon > 0 ? Uri.UnescapeDataString(userInfo[..colon]) : null;
        return (user, Uri.UnescapeDataString(userInfo[(colon + 1)..]));
    }

    /// <summary>The value is not quoted: it may hold a password.</summary>
    private static FormatException Bad(string key, Exception? inner) => new(
        $"{key} is not an address of Redis; redis://[user:password@]host[:port][/database], rediss://… or host:port[,option=value…] is allowed.",
        inner);
}
