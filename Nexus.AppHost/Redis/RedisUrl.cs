namespace Nexus.AppHost.Redis;

/// <summary><c>redis://[user[:password]@]host[:port][/database]</c>, the form of <c>REDIS_URL</c>, in the words of the .NET client.</summary>
internal static class RedisUrl
{
    public static string ToConnectionString(string value)
    {
        if (!value.Contains("://", StringComparison.Ordinal))
        {
            return value;
        }

        if (!Uri.TryCreate(value, UriKind.Absolute, out var url) || url.Scheme is not ("redis" or "rediss") || url.Host.Length == 0
            || !IsDatabase(url.AbsolutePath.Trim('/')))
        {
            // The value may hold a password, so it is not repeated
            throw new DistributedApplicationException(
                "REDIS_URL is not an address of a Redis server; it must read redis://[user[:password]@]host[:port][/database], or rediss:// for TLS.");
        }

        var (user, password) = UserAndPassword(url.UserInfo);
        return string.Join(',', Options(url, user, password));
    }

    private static IEnumerable<string> Options(Uri url, string user, string password)
    {
        yield return $"{url.Host}:{(url.Port > 0 ? url.Port : 6379)}";
        if (user.Length > 0)
        {
            yield return $"user={user}";
        }

        if (password.Length > 0)
        {
            yield return $"password={password}";
        }

        if (url.AbsolutePath.Trim('/') is { Length: > 0 } database)
        {
            yield return $"defaultDatabase={database}";
        }

        if (url.Scheme == "rediss")
        {
            yield return "ssl=true";
        }
    }

    private static (string User, string Password) UserAndPassword(string userInfo)
    {
        var colon = userInfo.IndexOf(':', StringComparison.Ordinal);
        return colon < 0
            ? (Uri.UnescapeDataString(userInfo), "")
            : (Uri.UnescapeDataString(userInfo[..colon]), Uri.UnescapeDataString(userInfo[(colon + 1)..]));
    }

    private static bool IsDatabase(string text) => text.Length == 0 || text.All(char.IsAsciiDigit);
}
