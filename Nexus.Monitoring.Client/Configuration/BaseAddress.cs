namespace Nexus.Monitoring.Client.Configuration;

/// <summary>The address under which relative ones are resolved.</summary>
internal static class BaseAddress
{
    /// <summary>The address with a slash at its end, without which its last segment would be lost.</summary>
    /// <exception cref="ArgumentException">It is not absolute.</exception>
    public static Uri Check(Uri baseAddress)
    {
        ArgumentNullException.ThrowIfNull(baseAddress);
        return !baseAddress.IsAbsoluteUri
            ? throw new ArgumentException($"baseAddress is '{baseAddress}'; an absolute address is needed, such as http://localhost:8000.", nameof(baseAddress))
            : baseAddress.AbsoluteUri.EndsWith('/') ? baseAddress : new Uri(baseAddress.AbsoluteUri + "/");
    }
}
