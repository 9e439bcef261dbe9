using Microsoft.AspNetCore.Http;

namespace Nexus.ServiceDefaults;

/// <summary>Looks at the addresses that a service is told to listen on, before the server does: it takes some that nobody meant, and calls others out of range.</summary>
internal static class ListenAddresses
{
    private const int LastPort = 65_535;

    /// <summary>A sentence for each that is none.</summary>
    /// <param name="addresses">Joined by semicolons, as in <c>ASPNETCORE_URLS</c>.</param>
    public static IReadOnlyList<string> FindProblems(string? addresses) =>
    [
        .. from address in (addresses ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries)
           where !IsOne(address)
           select $"ASPNETCORE_URLS has '{address}'; http://<host>:<port> is allowed, with a port of 0 to {LastPort}, such as http://127.0.0.1:8000, "
               + "and several of them joined by semicolons without spaces.",
    ];

    private static bool IsOne(string address)
    {
        try
        {
            var parsed = BindingAddress.Parse(address);
            var isWeb = parsed.Scheme.Equals(Uri.UriSchemeHttp, StringComparison.OrdinalIgnoreCase)
                || parsed.Scheme.Equals(Uri.UriSchemeHttps, StringComparison.OrdinalIgnoreCase);
            return isWeb && (parsed.IsUnixPipe || parsed.IsNamedPipe || IsHostAndPort(parsed));
        }
        catch (FormatException)
        {
            return false;
        }
    }

    /// <summary>What stands behind a host and is no port is taken for a part of the host, and that for any.</summary>
    private static bool IsHostAndPort(BindingAddress address) =>
        address.Port is >= 0 and <= LastPort && address.PathBase.Length == 0 && (!address.Host.Contains(':') || address.Host.StartsWith('['));
}
